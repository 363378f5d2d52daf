"""Mail that wants somebody's attention, on the front page of the admin."""

from typing import Any

from django import template

from sistercities.mail.models import Message

register = template.Library()


@register.inclusion_tag("admin/mail/_in_trouble.html")
def mail_in_trouble(user: Any) -> dict[str, Any]:
    """How many mails did not go out, for those who may read the outbox."""
    may_see = user.has_perm("mail.view_message")
    return {"count": Message.objects.in_trouble().count() if may_see else 0}
