import django.contrib.postgres.fields
import sistercities.pages.fields
from django.db import migrations, models

from sistercities.pages.stamp import remembers_addresses


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0004_archive'),
        ('people', '0003_portrait'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='honorific_en',
            field=models.CharField(blank=True, help_text='As used in letters and on place cards, such as Dr or Prof; pages leave it out.', max_length=40, validators=[sistercities.pages.fields.single_line], verbose_name='honorific (English)'),
        ),
        migrations.AddField(
            model_name='person',
            name='honorific_zh_hans',
            field=models.CharField(blank=True, help_text='Stands after the name: 先生、女士、教授.', max_length=40, validators=[sistercities.pages.fields.single_line], verbose_name='honorific (Chinese)'),
        ),
        migrations.AddField(
            model_name='person',
            name='language_marks',
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='person',
            name='stale_in',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, editable=False, size=None),
        ),
        migrations.AddField(
            model_name='personname',
            name='system',
            field=models.CharField(blank=True, choices=[('pinyin', 'pinyin'), ('wade-giles', 'Wade–Giles'), ('cantonese', 'Cantonese spelling'), ('postal', 'postal spelling'), ('own', 'own or customary spelling')], help_text='For Chinese names in Latin letters: by which system, such as Wade–Giles in older papers.', max_length=12, verbose_name='spelling'),
        ),
        *remembers_addresses("people.person"),
    ]
