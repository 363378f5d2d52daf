"""An address and a form are looked up by themselves: of the answers to one event there may be thousands."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies: ClassVar = [("events", "0014_one_index_less")]
    operations: ClassVar = [
        migrations.RemoveConstraint("rsvp", "rsvp_one_per_address"),
        migrations.RemoveConstraint("rsvp", "rsvp_form_once"),
        migrations.AddConstraint(
            "rsvp",
            models.UniqueConstraint(
                fields=["email_key", "event"],
                condition=~Q(email_key="") & ~Q(status="unverified"),
                name="rsvp_one_per_address",
                violation_error_message="This address has answered already.",
            ),
        ),
        migrations.AddConstraint(
            "rsvp",
            models.UniqueConstraint(fields=["nonce", "event"], condition=~Q(nonce=""), name="rsvp_form_once"),
        ),
    ]
