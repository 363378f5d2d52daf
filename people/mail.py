"""The letters to members about their membership."""

from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import account_letters  # noqa: F401 - the letters of accounts are kinds of mail of people, too
from people.membership import covered
from people.models import Member
from sistercities.mail.kinds import Letter, Overtaken, named, renders
from sistercities.mail.models import Message
from sistercities.pages.bilingual import html_language
from sistercities.pages.dates import from_date, spell

named({"membership_ends": gettext_lazy("Membership ends")})


@renders("membership_ends")
def membership_ends(message: Message) -> Letter:
    """That a membership ends, or has ended. Nobody gets it who was renewed, covered or put to rest meanwhile."""
    until = date.fromisoformat(message.snapshot["until"])
    found = Member.objects.filter(pk=message.snapshot["member"], member_until=until, is_active=True)
    member = found.exclude(covered(localdate())).first()
    if member is None or member.email != message.to_email:
        raise Overtaken("renewed, covered by another, or gone since this was queued")
    day = spell(from_date(until), message.language)
    is_over = until < localdate()
    subject = (
        _("Your membership has ended") if is_over else _("Your membership ends on %(day)s") % {"day": day}
    )
    context = {
        "page_title": subject,
        "name": member.name,
        "membership": member.get_membership_display(),
        "covers_household": member.membership in Member.COVERING,
        "day": day,
        "is_over": is_over,
        "link": settings.SITE_URL + reverse("my_page"),
        "site_name": settings.SITE_NAME[message.language],
        "site_names": settings.SITE_NAME,
        "language": message.language,
        "html_lang": html_language(message.language),
    }
    return Letter(
        subject,
        render_to_string("mail/membership_ends.txt", context).strip() + "\n",
        render_to_string("mail/membership_ends.html", context),
    )
