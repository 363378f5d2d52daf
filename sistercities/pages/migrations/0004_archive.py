import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import sistercities.pages.fields
import sistercities.pages.models.document
import sistercities.pages.models.history
from django.conf import settings
from django.db import migrations, models

from sistercities.pages.stamp import REMEMBERING, raised_by, remembers_addresses


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0003_picture'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='source',
            name='language_marks',
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='source',
            name='stale_in',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, editable=False, size=None),
        ),
        migrations.AddField(
            model_name='standingpage',
            name='language_marks',
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='standingpage',
            name='stale_in',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, editable=False, size=None),
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(help_text='PDF, JPEG, PNG or plain text, at most 25 megabytes. It is kept byte for byte, with what it says of its making: look that over first.', upload_to=sistercities.pages.models.document.place_for, verbose_name='file')),
                ('title_en', models.CharField(blank=True, max_length=200, validators=[sistercities.pages.fields.single_line], verbose_name='title (English)')),
                ('title_zh_hans', models.CharField(blank=True, max_length=200, validators=[sistercities.pages.fields.single_line], verbose_name='title (Chinese)')),
                ('language', models.CharField(blank=True, help_text='In which it is written: a language tag, such as en or zh-Hans; empty for several.', max_length=12, verbose_name='language')),
                ('credit', models.CharField(blank=True, help_text='Who holds the original or gave it to us; shown beside the document.', max_length=160, validators=[sistercities.pages.fields.single_line], verbose_name='credit')),
                ('rights', models.CharField(help_text='By what right we show it: the licence, or who allowed it and when. Only staff see this.', max_length=240, verbose_name='rights')),
                ('media_type', models.CharField(editable=False, max_length=40, verbose_name='kind of file')),
                ('size', models.PositiveIntegerField(editable=False, verbose_name='bytes')),
                ('sha256', models.CharField(editable=False, max_length=64, verbose_name='checksum (SHA-256)')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(fields=('sha256',), name='document_once', violation_error_message='This very file is among the documents already.'), models.CheckConstraint(condition=models.Q(('title_en', ''), ('title_zh_hans', ''), _negated=True), name='document_has_title', violation_error_message='A document needs a title.')],
            },
        ),
        migrations.CreateModel(
            name='FormerAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60, verbose_name='kind of page')),
                ('object_id', models.PositiveBigIntegerField()),
                ('slug', models.CharField(max_length=120, verbose_name='former address')),
                ('since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'former address',
                'verbose_name_plural': 'former addresses',
                'indexes': [models.Index(fields=['kind', 'object_id'], name='formeraddress_page')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'slug'), name='formeraddress_leads_to_one_page')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60, verbose_name='kind of page')),
                ('object_id', models.PositiveBigIntegerField()),
                ('page_title', models.CharField(editable=False, max_length=200, verbose_name='page')),
                ('text', models.TextField(max_length=4000, verbose_name='what is wrong')),
                ('evidence', models.CharField(blank=True, max_length=500, validators=[sistercities.pages.fields.single_line], verbose_name='how you know')),
                ('name', models.CharField(blank=True, max_length=150, validators=[sistercities.pages.fields.single_line], verbose_name='your name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='your e-mail')),
                ('concerns_me', models.BooleanField(default=False, verbose_name='the page is about me')),
                ('language', models.CharField(choices=[('en', 'English'), ('zh-hans', '简体中文')], default='en', max_length=10, verbose_name='language')),
                ('nonce', models.CharField(editable=False, max_length=40, unique=True)),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received')),
                ('state', models.CharField(choices=[('new', 'new'), ('accepted', 'put right'), ('declined', 'left as it is')], default='new', max_length=10, verbose_name='state')),
                ('remark', models.TextField(blank=True, verbose_name='what we did')),
                ('handled_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='handled')),
                ('handled_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handled by')),
            ],
            options={
                'verbose_name': 'correction request',
                'verbose_name_plural': 'correction requests',
                'ordering': ['-received_at'],
                'indexes': [models.Index(fields=['kind', 'object_id'], name='correction_page')],
            },
        ),
        migrations.CreateModel(
            name='PreviewLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60, verbose_name='kind of page')),
                ('object_id', models.PositiveBigIntegerField()),
                ('secret', models.CharField(default=sistercities.pages.models.history.new_secret, editable=False, max_length=40, unique=True)),
                ('note', models.CharField(blank=True, help_text='So that you know later whom you gave it to.', max_length=120, verbose_name='for whom')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('expires_at', models.DateTimeField(verbose_name='works until')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by whom')),
            ],
            options={
                'verbose_name': 'preview link',
                'verbose_name_plural': 'preview links',
                'ordering': ['-made_at'],
                'indexes': [models.Index(fields=['kind', 'object_id'], name='previewlink_page')],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='previewlink_expires_after_making', violation_error_message='A link ends after it was made.')],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60, verbose_name='kind of page')),
                ('object_id', models.PositiveBigIntegerField()),
                ('number', models.PositiveIntegerField(verbose_name='revision')),
                ('act', models.CharField(choices=[('saved', 'saved'), ('published', 'published'), ('withdrawn', 'withdrawn'), ('restored', 'restored')], default='saved', max_length=10, verbose_name='what was done')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('restores', models.PositiveIntegerField(null=True)),
                ('title', models.CharField(max_length=420, verbose_name='title')),
                ('snapshot', models.JSONField()),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by whom')),
            ],
            options={
                'verbose_name': 'revision',
                'verbose_name_plural': 'revisions',
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id', 'number'), name='revision_number_once')],
            },
        ),
        REMEMBERING,
        *remembers_addresses("pages.source", "pages.standingpage"),
        *raised_by("pages_document"),
    ]
