"""The letters of the newsletter: itself, a test of it for staff, and the one that asks whether an address wants it."""

from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sistercities.mail.kinds import Letter, Overtaken, named, renders
from sistercities.mail.models import Message
from sistercities.newsletter.composing import content_for
from sistercities.newsletter.links import Purpose, url_of
from sistercities.newsletter.models import Newsletter, Subscriber
from sistercities.newsletter.subscribing import may_confirm
from sistercities.pages.bilingual import html_language

LIST_ID = f"<newsletter.{settings.SITE_HOST}>"
named(
    {
        "newsletter": gettext_lazy("Newsletter"),
        "newsletter_test": gettext_lazy("Test of a newsletter"),
        "newsletter_asked": gettext_lazy("Confirm the newsletter"),
    }
)


@dataclass(frozen=True)
class Ways:
    """Where a reader changes something, and where they leave; a preview's lead to the page of the newsletter only."""

    manage: str
    leave: str

    @classmethod
    def of(cls, reader: Subscriber, language: str) -> Self:
        return cls(url_of(reader, Purpose.MANAGE, language), url_of(reader, Purpose.LEAVE, language))

    @classmethod
    def nobodys(cls, language: str) -> Self:
        with translation.override(language):
            address = settings.SITE_URL + reverse("newsletter")
        return cls(address, address)


@renders("newsletter")
def newsletter(message: Message) -> Letter:
    """As it was frozen; nobody gets it who has left since it was queued, or whose mail comes back."""
    reader = Subscriber.objects.reading().filter(pk=message.snapshot["subscriber"]).first()
    if reader is None or reader.email != message.to_email:
        raise Overtaken("left, or unreachable, since this was queued")
    frozen = Newsletter.objects.values_list("frozen", flat=True).get(pk=message.snapshot["newsletter"])
    ways = Ways.of(reader, message.language)
    return letter(frozen[message.language], message.language, ways, bulk_headers(ways.leave))


@renders("newsletter_test")
def test(message: Message) -> Letter:
    """To whoever composes it: as it would be now. It carries nobody's links."""
    draft = Newsletter.objects.filter(pk=message.snapshot["newsletter"]).first()
    if draft is None:
        raise Overtaken("the newsletter was deleted meanwhile")
    content = draft.frozen.get(message.language) or content_for(draft, message.language)
    content["subject"]["text"] = _("[Test] %(subject)s") % {"subject": content["subject"]["text"]}
    return letter(content, message.language, Ways.nobodys(message.language))


@renders("newsletter_asked")
def asked(message: Message) -> Letter:
    """To an address that somebody gave, its owner or a stranger: nothing that was typed stands in it."""
    reader = Subscriber.objects.at(message.to_email).first()
    if reader is None or not may_confirm(reader):
        raise Overtaken("deleted, or asked too long ago")
    is_reader = reader.state == Subscriber.State.ACTIVE
    purpose = Purpose.MANAGE if is_reader else Purpose.CONFIRM
    context = {"is_reader": is_reader, "link": url_of(reader, purpose, message.language)}
    subject = _("You get our newsletter already") if is_reader else _("Please confirm: our newsletter")
    return _written("newsletter_asked", subject, message.language, context)


def letter(
    content: dict[str, Any], language: str, ways: Ways, headers: dict[str, str] | None = None
) -> Letter:
    """A newsletter as one reader gets it."""
    with translation.override(language):
        context = {"content": content, "ways": ways}
        return _written("newsletter", content["subject"]["text"], language, context, headers)


def bulk_headers(leave: str) -> dict[str, str]:
    """What tells mail programs that this is a list, and how to leave it with one press (RFC 2369, 2919, 8058)."""
    return {
        "List-Id": LIST_ID,
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "bulk",
    }


def _written(
    template: str,
    subject: str,
    language: str,
    context: dict[str, Any],
    headers: dict[str, str] | None = None,
) -> Letter:
    context |= {
        "page_title": subject,
        "site_name": settings.SITE_NAME[language],
        "site_names": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "language": language,
        "html_lang": html_language(language),
    }
    return Letter(
        subject,
        render_to_string(f"mail/{template}.txt", context),
        render_to_string(f"mail/{template}.html", context),
        headers=headers or {},
    )
