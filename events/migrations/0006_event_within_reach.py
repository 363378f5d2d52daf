"""Events stay within years that clocks everywhere can read."""

from datetime import UTC, datetime

from django.db import migrations, models

from sistercities.pages.fields import within_reach

OUT_OF_REACH = "This year is out of reach: choose one from 1900 to 2200."
WITHIN = models.Q(
    starts_at__gte=datetime(1900, 1, 1, tzinfo=UTC), ends_at__lt=datetime(2201, 1, 1, tzinfo=UTC)
)


class Migration(migrations.Migration):
    dependencies = [("events", "0005_event_picture")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="starts_at",
            field=models.DateTimeField(
                blank=True, null=True, validators=[within_reach], verbose_name="starts"
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="ends_at",
            field=models.DateTimeField(blank=True, null=True, validators=[within_reach], verbose_name="ends"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(starts_at=None) | WITHIN,
                name="event_within_reach",
                violation_error_message=OUT_OF_REACH,
            ),
        ),
    ]
