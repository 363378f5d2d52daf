"""How the outbox does, and mail that wants somebody's attention, on the front page of the admin."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.timesince import timesince

from sistercities.mail.condition import condition
from sistercities.mail.models import Message

register = template.Library()


@register.inclusion_tag("admin/mail/_in_trouble.html")
def mail_in_trouble(user: Any) -> dict[str, Any]:
    """How many mails did not arrive, what waits and since when, for those who may read the outbox."""
    if not user.has_perm("mail.view_message"):
        return {}
    now, found = timezone.now(), condition()
    return {
        "count": Message.objects.in_trouble().count(),
        "condition": found,
        "age": timesince(found.oldest, now) if found.oldest else "",
        "lies": timesince(found.lying_since, now) if found.lying_since else "",
    }
