
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_names'),
        ('relationships', '0006_party_memberships'),
    ]

    operations = [
        migrations.AlterField(
            model_name='organisation',
            name='name_en',
            field=models.CharField(blank=True, max_length=160, verbose_name='name (English)'),
        ),
        migrations.AlterField(
            model_name='tenure',
            name='office_en',
            field=models.CharField(blank=True, max_length=160, verbose_name='office (English)'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('name_en', ''), ('name_zh_hans', ''), _negated=True), name='organisation_has_name', violation_error_message='Give the name, in one language at least.'),
        ),
        migrations.AddConstraint(
            model_name='tenure',
            constraint=models.CheckConstraint(condition=models.Q(('office_en', ''), ('office_zh_hans', ''), _negated=True), name='tenure_has_office', violation_error_message='Name the office, in one language at least.'),
        ),
    ]
