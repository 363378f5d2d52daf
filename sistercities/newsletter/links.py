"""The links in the mails to a reader of the newsletter: to confirm, to look after the subscription, and to leave.

The first two die with a new ``link_version``. The one for leaving is for ever: it is signed without a version, opens
nothing but the way out, and can be told from a forged one even when nothing is kept of the reader any more.
"""

from enum import StrEnum

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from sistercities import links
from sistercities.newsletter.models import Subscriber

NO_VERSION = 0


class Purpose(StrEnum):
    CONFIRM = "newsletter-confirm"
    MANAGE = "newsletter-manage"
    LEAVE = "newsletter-leave"


PAGES = {
    Purpose.CONFIRM: "newsletter_confirm",
    Purpose.MANAGE: "newsletter_manage",
    Purpose.LEAVE: "newsletter_leave",
}


def token(subscriber: Subscriber, purpose: Purpose) -> str:
    version = NO_VERSION if purpose is Purpose.LEAVE else subscriber.link_version
    return links.token(purpose, subscriber.link_handle, version)


def path_of(subscriber: Subscriber, purpose: Purpose, language: str) -> str:
    with translation.override(language):
        return reverse(PAGES[purpose], args=[token(subscriber, purpose)])


def url_of(subscriber: Subscriber, purpose: Purpose, language: str) -> str:
    """The whole address for a mail, in a language, under the site's own name."""
    return settings.SITE_URL + path_of(subscriber, purpose, language)


def find(text: str, purpose: Purpose) -> Subscriber:
    """Who holds this link. Raises Subscriber.DoesNotExist for anything that is not a valid, unrevoked one."""
    return links.find(Subscriber.objects.all(), purpose, text)


def leaver(text: str) -> Subscriber | None:
    """Who wants to leave; None where nothing is kept of them any more. Raises DoesNotExist for a forged link."""
    if not links.is_signed(text, Purpose.LEAVE, NO_VERSION):
        raise Subscriber.DoesNotExist
    return Subscriber.objects.filter(link_handle=links.handle_in(text)).first()
