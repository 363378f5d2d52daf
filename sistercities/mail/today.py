"""What the desk tells of the outbox: whether mail goes out at all, and which did not arrive."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sistercities import desk
from sistercities.desk import Need, Urgency
from sistercities.mail.condition import Condition, condition
from sistercities.mail.models import Message


@desk.needs("mail.view_message")
def mail_in_trouble(request: HttpRequest) -> Iterator[Need]:
    found, url = condition(), reverse("admin:mail_message_changelist")
    if words := what_is_wrong(found):
        yield Need(words, f"{url}?state=waiting", Urgency.NOW)
    if count := Message.objects.in_trouble().count():
        words = ngettext(
            "%(count)s mail did not arrive, or not yet.", "%(count)s mails did not arrive, or not yet.", count
        )
        yield Need(words % {"count": count}, f"{url}?state=trouble", Urgency.NOW)
    if found.count and found.oldest:
        words = ngettext(
            "%(count)s mail is on its way out; it has waited for %(age)s.",
            "%(count)s mails are on their way out; the oldest has waited for %(age)s.",
            found.count,
        )
        age = timesince(found.oldest, timezone.now())
        yield Need(words % {"count": found.count, "age": age}, f"{url}?state=waiting", Urgency.NOTE)


def what_is_wrong(found: Condition) -> str:
    """Why mail lies there that should be out, and who can do something about it; empty while all is well."""
    lies = timesince(found.lying_since, timezone.now()) if found.lying_since else ""
    if found.is_unattended:
        words = _(
            "No mail goes out: the worker seems not to run. The oldest mail has waited for %(lies)s. Whoever looks "
            "after the site starts it by: manage.py work"
        )
    elif found.is_late and found.is_server_away:
        words = _(
            "No mail goes out: our mail server cannot be reached. The oldest mail has waited for %(lies)s."
        )
    elif found.is_late:
        words = _("Mail goes out slowly: the oldest has waited for %(lies)s.")
    else:
        return ""
    return words % {"lies": lies}
