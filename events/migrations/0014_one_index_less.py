"""The other indexes of answers begin with the event; by this one those who wait were looked for among all guests."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("events", "0013_the_database_counts")]
    operations: ClassVar = [
        migrations.AlterField(
            model_name="rsvp",
            name="event",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rsvps",
                to="events.event",
                verbose_name="event",
            ),
        ),
    ]
