import django.contrib.postgres.fields
import django.db.models.deletion
import sistercities.pages.fields
from django.db import migrations, models

from sistercities.pages.stamp import raised_by, remembers_addresses


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0004_archive'),
        ('people', '0004_archive'),
        ('relationships', '0003_city_picture'),
    ]

    operations = [
        migrations.CreateModel(
            name='RelationshipSector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', sistercities.pages.fields.HistoricalDateField(blank=True, bounds=('since_first', 'since_last'), max_length=16, null=True, verbose_name='since')),
                ('since_first', models.IntegerField(editable=False, null=True)),
                ('since_last', models.IntegerField(editable=False, null=True)),
                ('until', sistercities.pages.fields.HistoricalDateField(blank=True, bounds=('until_first', 'until_last'), max_length=16, null=True, verbose_name='until')),
                ('until_first', models.IntegerField(editable=False, null=True)),
                ('until_last', models.IntegerField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'sector of a relationship',
                'verbose_name_plural': 'sectors of a relationship',
                'ordering': [models.OrderBy(models.F('since_first'), nulls_last=True), 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Suspension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('began', sistercities.pages.fields.HistoricalDateField(bounds=('began_first', 'began_last'), max_length=16, verbose_name='from')),
                ('began_first', models.IntegerField(editable=False, null=True)),
                ('began_last', models.IntegerField(editable=False, null=True)),
                ('ended', sistercities.pages.fields.HistoricalDateField(blank=True, bounds=('ended_first', 'ended_last'), max_length=16, null=True, verbose_name='to')),
                ('ended_first', models.IntegerField(editable=False, null=True)),
                ('ended_last', models.IntegerField(editable=False, null=True)),
                ('reason_en', models.CharField(blank=True, max_length=300, verbose_name='reason (English)')),
                ('reason_zh_hans', models.CharField(blank=True, max_length=300, verbose_name='reason (Chinese)')),
            ],
            options={
                'verbose_name': 'suspension',
                'verbose_name_plural': 'suspensions',
                'ordering': ['began_first', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('sister-cities', 'sister cities'), ('cooperation-cities', 'friendship cooperation cities'), ('alliance', 'alliance')], max_length=20, verbose_name='kind')),
                ('number', models.PositiveIntegerField(verbose_name='how many')),
                ('as_of', sistercities.pages.fields.HistoricalDateField(bounds=('as_of_first', 'as_of_last'), max_length=16, verbose_name='as of')),
                ('as_of_first', models.IntegerField(editable=False, null=True)),
                ('as_of_last', models.IntegerField(editable=False, null=True)),
                ('what_en', models.CharField(blank=True, help_text='Where it is more than the partner cities of one city.', max_length=200, validators=[sistercities.pages.fields.single_line], verbose_name='what is counted (English)')),
                ('what_zh_hans', models.CharField(blank=True, max_length=200, validators=[sistercities.pages.fields.single_line], verbose_name='what is counted (Chinese)')),
            ],
            options={
                'verbose_name': 'published count',
                'verbose_name_plural': 'published counts',
                'ordering': ['-as_of_first', 'kind', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(help_text='A language tag, such as en, zh-Hans or mi.', max_length=12, verbose_name='language')),
                ('standing', models.CharField(choices=[('authentic', 'authentic text'), ('official', 'official translation'), ('association', 'translation of the association'), ('draft', 'draft translation')], default='authentic', max_length=12, verbose_name='standing')),
                ('text', models.TextField(blank=True, help_text='Markdown. A blank line makes a paragraph; [^source-address] after a statement sets a footnote to a source cited below.', verbose_name='text')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
            ],
            options={
                'verbose_name': 'text of an agreement',
                'verbose_name_plural': 'texts of an agreement',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='agreement',
            name='language_marks',
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='agreement',
            name='sectors',
            field=models.ManyToManyField(blank=True, related_name='agreements', to='relationships.sector', verbose_name='sectors'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='signed_in',
            field=models.ForeignKey(blank=True, help_text='It may be a third city, that is no party.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signings', to='relationships.city', verbose_name='city of signing'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='stale_in',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, editable=False, size=None),
        ),
        migrations.AddField(
            model_name='city',
            name='language_marks',
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='city',
            name='stale_in',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, editable=False, size=None),
        ),
        migrations.AddField(
            model_name='milestone',
            name='sectors',
            field=models.ManyToManyField(blank=True, related_name='milestones', to='relationships.sector', verbose_name='sectors'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='founded',
            field=sistercities.pages.fields.HistoricalDateField(blank=True, bounds=('founded_first', 'founded_last'), max_length=16, null=True, verbose_name='founded'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='founded_first',
            field=models.IntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='founded_last',
            field=models.IntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='founders',
            field=models.ManyToManyField(blank=True, related_name='founded', to='people.person', verbose_name='founders'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='is_shown',
            field=models.BooleanField(default=True, help_text='Among what a founder founded, and as a host.', verbose_name='shown to the public'),
        ),
        migrations.AddField(
            model_name='relationship',
            name='language_marks',
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='relationship',
            name='stale_in',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, editable=False, size=None),
        ),
        migrations.AddField(
            model_name='relationship',
            name='superseded_by',
            field=models.ForeignKey(blank=True, help_text='The bond that took its place when it ended.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supersedes', to='relationships.relationship', verbose_name='superseded by'),
        ),
        migrations.AlterField(
            model_name='agreement',
            name='kind',
            field=models.CharField(choices=[('sister-city', 'sister city agreement'), ('memorandum', 'memorandum of understanding'), ('friendship', 'friendship cooperation agreement'), ('intent', 'letter of intent'), ('renewal', 'renewal'), ('other', 'other agreement')], max_length=12, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('renews', models.F('pk')), _negated=True), name='agreement_does_not_renew_itself', violation_error_message='An agreement cannot renew itself.'),
        ),
        migrations.AddField(
            model_name='relationshipsector',
            name='relationship',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fields', to='relationships.relationship'),
        ),
        migrations.AddField(
            model_name='relationshipsector',
            name='sector',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='relationships.sector', verbose_name='sector'),
        ),
        migrations.AddConstraint(
            model_name='relationship',
            constraint=models.CheckConstraint(condition=models.Q(('superseded_by', None), ('ended__isnull', False), _connector='OR'), name='relationship_superseded_once_ended', violation_error_message='A bond that another superseded has ended: give the date.'),
        ),
        migrations.AddConstraint(
            model_name='relationship',
            constraint=models.CheckConstraint(condition=models.Q(('superseded_by', models.F('pk')), _negated=True), name='relationship_not_superseded_by_itself', violation_error_message='A bond cannot supersede itself.'),
        ),
        migrations.AddField(
            model_name='suspension',
            name='relationship',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suspensions', to='relationships.relationship'),
        ),
        migrations.AddField(
            model_name='tally',
            name='city',
            field=models.ForeignKey(blank=True, help_text='Empty for a count of a whole country, or between two.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tallies', to='relationships.city', verbose_name='city'),
        ),
        migrations.AddField(
            model_name='wording',
            name='agreement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='relationships.agreement'),
        ),
        migrations.AddField(
            model_name='wording',
            name='scan',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wordings', to='pages.document', verbose_name='scan'),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "insert into relationships_relationshipsector (relationship_id, sector_id)"
                    " select relationship_id, sector_id from relationships_relationship_sectors;"
                    "drop table relationships_relationship_sectors;"
                ),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name='relationship',
                    name='sectors',
                    field=models.ManyToManyField(blank=True, related_name='relationships', through='relationships.RelationshipSector', to='relationships.sector', verbose_name='sectors'),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name='relationshipsector',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('relationship', 'sector'), name='relationshipsector_once', violation_error_message='This sector is among those of the bond already.'),
        ),
        migrations.AddConstraint(
            model_name='relationshipsector',
            constraint=models.CheckConstraint(condition=models.Q(('since_first', None), ('until_last', None), ('until_last__gte', models.F('since_first')), _connector='OR'), name='relationshipsector_until_after_since', violation_error_message='Work in a field cannot end before it began.'),
        ),
        migrations.AddConstraint(
            model_name='suspension',
            constraint=models.CheckConstraint(condition=models.Q(('ended_last', None), ('ended_last__gte', models.F('began_first')), _connector='OR'), name='suspension_ends_after_begin', violation_error_message='A suspension cannot end before it began.'),
        ),
        migrations.AddConstraint(
            model_name='suspension',
            constraint=models.UniqueConstraint(condition=models.Q(('ended', None)), fields=('relationship',), name='suspension_one_at_a_time', violation_error_message='The bond is suspended already; end that suspension first.'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.UniqueConstraint(condition=models.Q(('city__isnull', False)), fields=('city', 'kind', 'as_of_first', 'as_of_last'), name='tally_once_per_date', violation_error_message='There is a count of this kind as of that date already.'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.CheckConstraint(condition=models.Q(('city__isnull', False), models.Q(('what_en', ''), ('what_zh_hans', ''), _negated=True), _connector='OR'), name='tally_says_what', violation_error_message='Name the city, or say what is counted.'),
        ),
        migrations.AddConstraint(
            model_name='wording',
            constraint=models.UniqueConstraint(fields=('agreement', 'language', 'standing'), name='wording_once_per_language', violation_error_message='There is such a text in this language already.'),
        ),
        migrations.AddConstraint(
            model_name='wording',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), ('scan__isnull', False), _connector='OR'), name='wording_is_there', violation_error_message='Give the text, a scan, or both.'),
        ),
        *remembers_addresses("relationships.city", "relationships.relationship", "relationships.agreement"),
        *raised_by(
            "relationships_relationshipsector",
            "relationships_suspension",
            "relationships_tally",
            "relationships_wording",
            "relationships_agreement_sectors",
            "relationships_milestone_sectors",
            "relationships_organisation_founders",
        ),
    ]
