"""Samples of the letters about memberships and accounts, of the newsletter, and of what visitors write."""

from datetime import timedelta

from django.utils import timezone

from sistercities.mail.models import Message
from sistercities.news.models import Enquiry
from sistercities.newsletter import composing, sending
from sistercities.newsletter.models import Newsletter, Subscriber
from sistercities.pages.models import Correction
from tests import factories
from tests.letters.world import Request, World, sample

# --- members and accounts -------------------------------------------------------------------------------


@sample("membership_ends")
def _membership(world: World, kind: str) -> Request:
    member = world.some_member
    snapshot = {"member": member.pk, "until": str(member.member_until), "days": 30}
    return {"to_email": member.email, "to_name": member.name, "snapshot": snapshot}


@sample(
    "account_code",
    "account_address_code",
    "account_new_password",
    "account_address_taken",
    "account_address_added",
    "account_main_address",
    "account_address_gone",
    "account_password_set",
    "account_password_changed",
    "account_passkey_added",
    "account_passkey_gone",
    "account_app_added",
    "account_app_gone",
    "account_recovery_codes",
    "account_new_device",
    "account_role_given",
    "account_role_ended",
)
def _account(world: World, kind: str) -> Request:
    member, now = world.some_member, timezone.now()
    told = {"at": now.isoformat(), "until": (now + timedelta(minutes=15)).isoformat(), "name": member.name}
    told |= {"word": "abcdefgh", "code": "12345678", "address": "new@example.org"}
    told |= {"to_email": "new@example.org", "from_email": member.email, "deleted_email": "old@example.org"}
    told |= {"device": "Safari on iPhone", "role": "translator"}
    return {"to_email": member.email, "snapshot": told}


# --- newsletter, corrections, enquiries -----------------------------------------------------------------


@sample("newsletter")
def _newsletter(world: World, kind: str) -> Request:
    reader = _reader(world, Subscriber.State.ACTIVE)
    newsletter = sending.begin(_draft())
    Newsletter.objects.filter(pk=newsletter.pk).update(state=Newsletter.State.SENT, sent_at=timezone.now())
    bulk = {"delivery": Message.Delivery.AT_MOST_ONCE, "priority": Message.Priority.BULK}
    return {
        "to_email": reader.email,
        "snapshot": {"newsletter": newsletter.pk, "subscriber": reader.pk},
        **bulk,
    }


@sample("newsletter_test")
def _newsletter_test(world: World, kind: str) -> Request:
    return {"to_email": world.address(), "snapshot": {"newsletter": _draft().pk}}


@sample("newsletter_asked")
def _asked(world: World, kind: str) -> Request:
    return {"to_email": _reader(world, Subscriber.State.ASKED).email, "snapshot": {}}


def _reader(world: World, state: str) -> Subscriber:
    long_ago = timezone.now() - timedelta(days=60)
    confirmed_at = long_ago if state == Subscriber.State.ACTIVE else None
    return Subscriber.objects.create(
        email=world.address(), language=world.language, state=state, confirmed_at=confirmed_at
    )


def _draft() -> Newsletter:
    words = {"subject_en": "Winter news", "subject_zh_hans": "冬季通讯", "greeting_en": "Dear readers,"}
    made = Newsletter.objects.create(**words, greeting_zh_hans="各位读者：")
    composing.add(made, [factories.story(publish_at=timezone.now() - timedelta(hours=1))])
    return made


@sample("correction_received", "correction_thanks")
def _correction(world: World, kind: str) -> Request:
    page = factories.person(en="Tom Bradley")
    about = {
        "kind": page._meta.label_lower,
        "object_id": page.pk,
        "page_title": page.title_en,
    }
    words = {"text": "The year is wrong.", "name": world.name, "email": world.address()}
    made = Correction.objects.create(**about, **words, nonce=world.address())
    return {"to_email": world.address(), "snapshot": {"correction": made.pk}}


@sample("enquiry_received")
def _enquiry(world: World, kind: str) -> Request:
    words = {"subject": "A question", "text": "When do you meet?\n<b>Soon?</b>"}
    made = Enquiry.objects.create(name=world.name, email=world.address(), nonce=world.address(), **words)
    return {"to_email": world.address(), "snapshot": {"enquiry": made.pk}}
