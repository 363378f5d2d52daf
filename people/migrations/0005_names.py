import people.models.person
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_archive'),
    ]

    operations = [
        migrations.AddField(
            model_name='personname',
            name='dotted',
            field=models.BooleanField(default=False, help_text='Only for names in characters that lead with the family and still have a dot: 阿沛·阿旺晋美. Western names in Western order get theirs by themselves.', verbose_name='with a middle dot'),
        ),
        migrations.AlterField(
            model_name='personname',
            name='family',
            field=models.CharField(help_text='With its particles, in small letters where they are written so: de la Cruz stands under C, De La Cruz under D. A single name (Plato) goes here too.', max_length=80, validators=[people.models.person.written_name], verbose_name='family name'),
        ),
        migrations.AlterField(
            model_name='personname',
            name='family_first',
            field=models.BooleanField(default=False, help_text='As in Chinese, Japanese, Korean and Hungarian names: 梁灵光, Bartók Béla.', verbose_name='family name first'),
        ),
        migrations.AlterField(
            model_name='personname',
            name='given',
            field=models.CharField(blank=True, max_length=120, validators=[people.models.person.written_name], verbose_name='given names'),
        ),
        migrations.AlterField(
            model_name='personname',
            name='romanisation',
            field=models.CharField(blank=True, help_text='For Chinese names, such as Liáng Língguāng.', max_length=160, validators=[people.models.person.written_name], verbose_name='reading with tones'),
        ),
        # The key was "bradley, tom" and is "bradley tom", so that Li comes before Liang in every order of names.
        migrations.RunSQL("update people_person set sort_name = replace(sort_name, ',', '')", migrations.RunSQL.noop),
    ]
