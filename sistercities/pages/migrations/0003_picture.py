import sistercities.pages.fields
import sistercities.pages.models.picture
from django.db import migrations, models

from sistercities.pages.stamp import raised_by


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0002_content_version'),
    ]

    operations = [
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(help_text='JPEG, PNG, WebP or AVIF, at most 15 megabytes and 40 million pixels. We keep a copy without what the camera noted, such as where it was taken.', upload_to=sistercities.pages.models.picture.place_for, verbose_name='file')),
                ('width', models.PositiveIntegerField(editable=False, verbose_name='width')),
                ('height', models.PositiveIntegerField(editable=False, verbose_name='height')),
                ('alt_en', models.CharField(help_text='What is to be seen, for those who cannot see it: who, where, doing what.', max_length=300, validators=[sistercities.pages.fields.single_line], verbose_name='description (English)')),
                ('alt_zh_hans', models.CharField(max_length=300, validators=[sistercities.pages.fields.single_line], verbose_name='description (Chinese)')),
                ('caption_en', models.CharField(blank=True, help_text='Stands below the picture.', max_length=300, validators=[sistercities.pages.fields.single_line], verbose_name='caption (English)')),
                ('caption_zh_hans', models.CharField(blank=True, max_length=300, validators=[sistercities.pages.fields.single_line], verbose_name='caption (Chinese)')),
                ('credit', models.CharField(blank=True, help_text='Who took it, as they want to be named; shown beside the picture.', max_length=160, validators=[sistercities.pages.fields.single_line], verbose_name='credit')),
                ('rights', models.CharField(help_text='By what right we show it: the licence, or who allowed it and when. Only staff see this.', max_length=240, verbose_name='rights')),
                ('focus', models.CharField(choices=[('top-left', 'top left'), ('top', 'top'), ('top-right', 'top right'), ('left', 'left'), ('centre', 'centre'), ('right', 'right'), ('bottom-left', 'bottom left'), ('bottom', 'bottom'), ('bottom-right', 'bottom right')], default='centre', help_text='What must stay in view where the picture is cut to a square.', max_length=12, verbose_name='where to look')),
            ],
            options={
                'verbose_name': 'picture',
                'verbose_name_plural': 'pictures',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('alt_en', ''), _negated=True), models.Q(('alt_zh_hans', ''), _negated=True)), name='picture_described_in_both_languages', violation_error_message='A picture needs a description in both languages.'), models.CheckConstraint(condition=models.Q(('height__gt', 0), ('width__gt', 0)), name='picture_has_size', violation_error_message='A picture is at least one pixel wide and high.')],
            },
        ),
        *raised_by("pages_picture"),
    ]
