import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
import sistercities.pages.fields
import sistercities.pages.search
from django.db import migrations, models

from sistercities.pages.stamp import raised_by, remembers_addresses


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0006_event_within_reach'),
        ('pages', '0004_archive'),
        ('people', '0004_archive'),
        ('relationships', '0004_archive'),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='attendance_en',
            field=models.CharField(blank=True, help_text='How many came, in the words of the source: more than 700.', max_length=200, verbose_name='attendance (English)'),
        ),
        migrations.AddField(
            model_name='event',
            name='attendance_zh_hans',
            field=models.CharField(blank=True, max_length=200, verbose_name='attendance (Chinese)'),
        ),
        migrations.AddField(
            model_name='event',
            name='language_marks',
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='event',
            name='part_of',
            field=models.ForeignKey(blank=True, help_text='The larger event within which it takes place, such as a summit or a week.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='events.event', verbose_name='part of'),
        ),
        migrations.AddField(
            model_name='event',
            name='planned_for',
            field=sistercities.pages.fields.HistoricalDateField(blank=True, bounds=('planned_for_first', 'planned_for_last'), max_length=16, null=True, verbose_name='was planned for'),
        ),
        migrations.AddField(
            model_name='event',
            name='planned_for_first',
            field=models.IntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='event',
            name='planned_for_last',
            field=models.IntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='event',
            name='sectors',
            field=models.ManyToManyField(blank=True, related_name='events', to='relationships.sector', verbose_name='sectors'),
        ),
        migrations.AddField(
            model_name='event',
            name='signed',
            field=models.ManyToManyField(blank=True, related_name='signed_at_events', to='relationships.agreement', verbose_name='what was signed there'),
        ),
        migrations.AddField(
            model_name='event',
            name='stale_in',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, editable=False, size=None),
        ),
        migrations.AddField(
            model_name='remark',
            name='language_marks',
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='remark',
            name='rendering_en',
            field=models.CharField(blank=True, choices=[('', 'not stated'), ('original', 'original'), ('official', 'official translation'), ('association', 'translation of the association'), ('draft', 'draft translation, not yet checked')], default='', max_length=12, verbose_name='the text is (English)'),
        ),
        migrations.AddField(
            model_name='remark',
            name='rendering_zh_hans',
            field=models.CharField(blank=True, choices=[('', 'not stated'), ('original', 'original'), ('official', 'official translation'), ('association', 'translation of the association'), ('draft', 'draft translation, not yet checked')], default='', max_length=12, verbose_name='the text is (Chinese)'),
        ),
        migrations.AddField(
            model_name='remark',
            name='stale_in',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, editable=False, size=None),
        ),
        migrations.CreateModel(
            name='EventDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='pages.document', verbose_name='document')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='events.event')),
            ],
            options={
                'verbose_name': 'document of the event',
                'verbose_name_plural': 'documents of the event',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('host', 'host'), ('guest-of-honour', 'guest of honour'), ('delegation', 'member of a delegation'), ('present', 'present')], default='present', max_length=16, verbose_name='role')),
                ('capacity_en', models.CharField(blank=True, max_length=160, verbose_name='capacity as printed (English)')),
                ('capacity_zh_hans', models.CharField(blank=True, max_length=160, verbose_name='capacity as printed (Chinese)')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='events.event')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attended', to='people.person', verbose_name='person')),
            ],
            options={
                'verbose_name': 'participant',
                'verbose_name_plural': 'who was there',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text="The last part of the page's address: lower-case letters, digits, hyphens.", max_length=120, unique=True, verbose_name='address')),
                ('title_en', models.CharField(blank=True, max_length=200, validators=[sistercities.pages.fields.single_line], verbose_name='title (English)')),
                ('title_zh_hans', models.CharField(blank=True, max_length=200, validators=[sistercities.pages.fields.single_line], verbose_name='title (Chinese)')),
                ('summary_en', models.TextField(blank=True, help_text='One or two sentences, for lists and search engines.', verbose_name='summary (English)')),
                ('summary_zh_hans', models.TextField(blank=True, verbose_name='summary (Chinese)')),
                ('body_en', models.TextField(blank=True, help_text='Markdown. A blank line makes a paragraph; [^source-address] after a statement sets a footnote to a source cited below.', verbose_name='text (English)')),
                ('body_zh_hans', models.TextField(blank=True, verbose_name='text (Chinese)')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('published', 'published')], default='draft', max_length=10, verbose_name='status')),
                ('publish_at', models.DateTimeField(default=django.utils.timezone.now, help_text='A moment in the future schedules a published page.', verbose_name='publish at')),
                ('verified_on', models.DateField(blank=True, null=True, verbose_name='last verified on')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('search_text', models.TextField(blank=True, default='', editable=False)),
                ('language_marks', models.JSONField(default=dict, editable=False)),
                ('stale_in', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, editable=False, size=None)),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title_en', config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(sistercities.pages.search.HanSpaced(models.F('title_zh_hans')), config='simple', weight='A'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector(sistercities.pages.search.HanSpaced(models.F('search_text')), config='simple', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector('search_text', config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector('summary_en', 'body_en', config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector(sistercities.pages.search.HanSpaced(models.F('summary_zh_hans')), config='simple', weight='C'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector(sistercities.pages.search.HanSpaced(models.F('body_zh_hans')), config='simple', weight='C'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('relationship', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='series', to='relationships.relationship', verbose_name='relationship')),
            ],
            options={
                'verbose_name': 'series',
                'verbose_name_plural': 'series of events',
                'ordering': ['title_en'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='event',
            name='series',
            field=models.ForeignKey(blank=True, help_text='Events that follow each other under one name, year after year.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events', to='events.series', verbose_name='series'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('part_of', models.F('pk')), _negated=True), name='event_not_part_of_itself', violation_error_message='An event cannot be part of itself.'),
        ),
        migrations.AddConstraint(
            model_name='eventdocument',
            constraint=models.UniqueConstraint(fields=('event', 'document'), name='eventdocument_once_per_event', violation_error_message='This document is among those of the event already.'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(fields=('event', 'person'), name='participant_once', violation_error_message='This person is on the record of the event already.'),
        ),
        migrations.AddIndex(
            model_name='series',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='series_search'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), models.Q(('title_en', ''), ('title_zh_hans', ''), _negated=True), _connector='OR'), name='series_published_with_title', violation_error_message='A published page needs a title.'),
        ),
        *remembers_addresses("events.event", "events.remark", "events.series"),
        *raised_by(
            "events_series",
            "events_event_sectors",
            "events_event_signed",
            "events_eventdocument",
            "events_participant",
        ),
    ]
