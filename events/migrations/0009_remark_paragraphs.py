from django.db import migrations, models

import events.models.programme
import sistercities.pages.fields


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0008_records'),
        ('people', '0004_archive'),
    ]

    operations = [
        migrations.AddField(
            model_name='remarksegment',
            name='anchor',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='link'),
        ),
        migrations.AlterField(
            model_name='remark',
            name='embargo_until',
            field=models.DateTimeField(blank=True, help_text='Until this moment nobody but staff finds it anywhere; empty if there is no embargo.', null=True, validators=[sistercities.pages.fields.within_reach], verbose_name='embargo until'),
        ),
        migrations.AlterField(
            model_name='remark',
            name='original_language',
            field=models.CharField(blank=True, help_text='A language tag, such as en or zh-Hans; empty if unknown.', max_length=12, validators=[events.models.programme.known_tag], verbose_name='original language'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('delivery', 'read-by'), ('read_by__isnull', False)), models.Q(models.Q(('delivery', 'read-by'), _negated=True), ('read_by', None)), _connector='OR'), name='remark_reader_named_where_read', violation_error_message='Name who read it, where somebody else did, and only there.'),
        ),
        migrations.RunSQL(
            'update events_remarksegment set anchor = position',
            migrations.RunSQL.noop,
        ),
    ]
