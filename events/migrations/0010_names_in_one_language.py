
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0009_remark_paragraphs'),
        ('people', '0005_names'),
        ('relationships', '0006_party_memberships'),
    ]

    operations = [
        migrations.AlterField(
            model_name='programmeitem',
            name='title_en',
            field=models.CharField(blank=True, max_length=200, verbose_name='what (English)'),
        ),
        migrations.AlterField(
            model_name='venue',
            name='name_en',
            field=models.CharField(blank=True, max_length=160, verbose_name='name (English)'),
        ),
        migrations.AddConstraint(
            model_name='programmeitem',
            constraint=models.CheckConstraint(condition=models.Q(('title_en', ''), ('title_zh_hans', ''), _negated=True), name='programmeitem_has_title', violation_error_message='Say in one language at least what it is.'),
        ),
        migrations.AddConstraint(
            model_name='venue',
            constraint=models.CheckConstraint(condition=models.Q(('name_en', ''), ('name_zh_hans', ''), _negated=True), name='venue_has_name', violation_error_message='Give the name, in one language at least.'),
        ),
    ]
