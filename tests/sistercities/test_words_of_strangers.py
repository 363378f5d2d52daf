"""Our server is nobody's messenger: what a stranger types goes to staff, and to no address that a stranger types.

Every form that anybody may send is filled in with words and links that are easily known again and with somebody else's
address; then every mail that came of it is read as it would go out.
"""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from events import rsvp as verbs
from events.letters import letter as asked_of
from events.links import manage_path
from events.models import Event, Rsvp, RsvpTransition, SeatOffer
from sistercities.mail import kinds, outbox
from sistercities.mail.models import Message
from sistercities.pages.forms_for_strangers import StrangerForm
from tests import factories

pytestmark = pytest.mark.django_db
VICTIM = "victim@example.net"
NAME, COMPANION = "Zqname Zqfamily", "Zqfriend Zqfamily"
WORDS = "Zqwords: buy at https://zqlink.example/ or zqlink.example"
# Longer than "zq", which the random letters of a personal link may hold as well.
TYPED = re.compile("zq(name|family|friend|words|link)", re.IGNORECASE)
STAFF_ADDRESS = "receptions@sistercities.example"
# What staff write themselves, to people whom they chose, or who confirmed that they want it.
BY_STAFF = {"invitation", "invitation_reminder", "event_letter", "event_letter_test"}
BY_STAFF |= {"newsletter", "newsletter_test", "membership_ends"}
TO_DELEGATIONS = {"hold_made", "hold_changed", "hold_reminder", "hold_event_changed", "hold_event_cancelled"}
STAFF = verbs.By(RsvpTransition.Actor.STAFF, reason="a test")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StrangerForm, "QUICKEST_SECONDS", 0.0)


def fill_in(client: Client, address: str, **said: Any) -> Any:
    """Send the form at an address with what a browser would send along unseen."""
    form = client.get(address).context["form"]
    hidden = {field.html_name: field.value() or "" for field in form.hidden_fields()}
    answer = client.post(address, {**hidden, **said})
    assert answer.status_code == 303, answer.context and answer.context["form"].errors
    return answer


def answer(client: Client, event: Event, seats: int = 1, email: str = VICTIM, **said: Any) -> Rsvp:
    party = {"answer": "going", "name": NAME, "email": email, "seats": seats, "message": WORDS, **said}
    if seats > 1:
        party["guests-0-name"] = COMPANION
    fill_in(client, f"/en/events/{event.slug}/rsvp/", **party)
    return Rsvp.objects.get(event=event, email=email)


def change(client: Client, rsvp: Rsvp, **said: Any) -> None:
    """By the link that the browser is led to right after the form, which proves nothing of the address."""
    address = manage_path(rsvp.link_handle, rsvp.link_version, "en")
    party = {"answer": "going", "name": NAME, "seats": 1, "message": WORDS, **said}
    assert client.post(address, party).status_code == 303


def write_everywhere(client: Client) -> None:
    """Each open form, and every turn that an answer to an event can take."""
    person = factories.person("liang")
    about = f"/en/correction/?page={person.get_absolute_url()}"
    fill_in(client, about, text=WORDS, evidence=WORDS, name=NAME, email=VICTIM)
    fill_in(client, "/en/contact/", name=NAME, email=VICTIM, subject=WORDS, text=WORDS)
    fill_in(client, "/en/newsletter/", email=VICTIM, language="en")
    open_house = factories.reception(10)
    rsvp = answer(client, open_house, 2)
    answer(client, open_house, 2)
    change(client, rsvp, seats=3, **{"guests-0-name": COMPANION, "guests-1-name": COMPANION})
    change(client, rsvp, answer="declined")
    answer(client, factories.reception(), answer="declined")
    full = factories.reception(4)
    first = factories.rsvp(full, 4)
    waiting = answer(client, full, 1)
    change(client, waiting, seats=2, **{"guests-0-name": COMPANION})
    verbs.withdraw(first)
    verbs.renew_link(Rsvp.objects.get(pk=waiting.pk), STAFF)
    verbs.announce_change(full, STAFF)
    verbs.call_off(full, "", "", STAFF)
    answer(client, factories.reception(verify_email=True), 2)
    verbs.reject(answer(client, factories.reception(mode="approval"), 2), STAFF)
    wait_for_offers(client)
    come_and_be_thanked(client)


def come_and_be_thanked(client: Client) -> None:
    """Reminded before the day, and thanked after it."""
    event = factories.reception()
    rsvp = answer(client, event, 2)
    asked = asked_of(rsvp, "reminder", "event_reminder", None, 1, by_staff=False)
    assert event.starts_at
    assert event.ends_at
    start = {"start": event.starts_at.isoformat(), "at": timezone.now().isoformat()}
    outbox.queue(**{**asked, "snapshot": {**asked["snapshot"], **start}})
    event.starts_at, event.ends_at = (at - timedelta(days=32) for at in (event.starts_at, event.ends_at))
    event.save()
    asked = asked_of(rsvp, "thanks", "event_thanks", None, 1, by_staff=False)
    outbox.queue(**{**asked, "snapshot": {**asked["snapshot"], "last_day": str(event.held)}})


def wait_for_offers(client: Client) -> None:
    """Seats are offered, with a reminder; let by once, then left until the offer is over."""
    asked = factories.reception(4, promotion="offer")
    first = factories.rsvp(asked, 4)
    waiting = answer(client, asked, 2)
    behind = factories.rsvp(asked, 2)
    verbs.change(first, factories.answer(2, first.name, email=first.email))
    verbs.not_now(waiting)
    verbs.withdraw(behind)
    now = timezone.now()
    late = {"made_at": now - timedelta(hours=2), "expires_at": now - timedelta(hours=1), "remind_at": None}
    SeatOffer.objects.live().filter(rsvp=waiting).update(**late)
    verbs.settle(asked)


def sent() -> list[EmailMessage]:
    """Everything that goes out, as it would be read."""
    while outbox.send_due():
        pass
    assert [message.error for message in Message.objects.in_trouble()] == []
    return [message_from_bytes(each.message().as_bytes(), policy=policy.default) for each in mail.outbox]


def read(letter: EmailMessage) -> str:
    """All of a mail: its headers as a program shows them, and every part."""
    headers = [f"{name}: {value}" for name, value in letter.items()]
    parts = [part.get_payload(decode=True) for part in letter.walk() if not part.is_multipart()]
    return "\n".join([*headers, *(part.decode("utf-8", "replace") for part in parts)])


def test_no_word_of_a_stranger_reaches_another_address_than_that_of_staff(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Letters are written one by one, before a later change overtakes them.
    write_everywhere_sending_each(client, monkeypatch)
    letters = [(str(letter["To"]), read(letter)) for letter in sent()]
    told = {to: text for to, text in letters if TYPED.search(text)}
    assert set(told) == {STAFF_ADDRESS}
    to_victim = [text for to, text in letters if VICTIM in to]
    assert len(to_victim) >= 10
    own = re.compile(rf"(?:{re.escape(settings.SITE_URL)}|http://www\.w3\.org/)")
    for text in to_victim:
        links = re.findall(r"https?://[^\s\"'<>]+", text)
        assert [link for link in links if not own.match(link)] == []


def write_everywhere_sending_each(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    queue, queue_all = outbox.queue, outbox.queue_all

    def queue_and_send(**asked: Any) -> Any:
        found = queue(**asked)
        outbox.send_due()
        return found

    def queue_all_and_send(requests: Any) -> None:
        queue_all(requests)
        Message.objects.waiting().update(send_after=timezone.now())
        outbox.send_due()

    monkeypatch.setattr(outbox, "queue", queue_and_send)
    monkeypatch.setattr(outbox, "queue_all", queue_all_and_send)
    write_everywhere(client)


def test_every_kind_of_mail_is_among_them(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    write_everywhere_sending_each(client, monkeypatch)
    seen = set(Message.objects.values_list("kind", flat=True))
    # Of accounts strangers can ask for two kinds, see below; the others tell members about their own.
    of_accounts = {kind for kind in kinds._renderers if kind.startswith("account_")}
    assert seen == set(kinds._renderers) - BY_STAFF - TO_DELEGATIONS - of_accounts


def test_signing_in_tells_an_address_nothing_that_was_typed(client: Client) -> None:
    typed = "victim+zqlink.example@example.net"
    for place in ("login/code/", "password/reset/"):
        assert client.post(f"/en/members/{place}", {"email": typed, "name": NAME}).status_code in (302, 303)
    letters = sent()
    assert len(letters) == 2
    for letter in letters:
        del letter["To"]
        assert not TYPED.search(read(letter))


@pytest.mark.parametrize(
    "name",
    [
        "www zqlink",
        "zqlink.example",
        "Visit zqlink.example now",
        "http://zqlink",
        "//zqlink",
        "ｚｑｌｉｎｋ．ｅｘａｍｐｌｅ",
        "例子。中国",
        "mei@zqlink",
        "192.0.2.1",
        "t.co",
    ],
)
def test_no_name_is_an_address(client: Client, name: str) -> None:
    event = factories.reception(10, largest_party=2)
    address = f"/en/events/{event.slug}/rsvp/"
    party = {"answer": "going", "name": "Mei", "email": VICTIM, "seats": 2, "guests-0-name": "Bo"}
    for field in ("name", "guests-0-name"):
        refused = client.post(address, {**party, field: name})
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, [field])
    refused = client.post("/en/contact/", {"name": name})
    assert "name" in refused.context["form"].errors
    assert not Rsvp.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "J. R. R. Tolkien",
        "J.R.R. Tolkien",
        "Dr. Mei Chen Jr.",
        "梁灵光",
        "汤姆·布拉德利",
        "O’Hara-Smith",
        "Nguyễn Văn A",
        "St. John",
    ],
)
def test_names_that_look_a_little_like_one_are_names(client: Client, name: str) -> None:
    event = factories.reception()
    fill_in(client, f"/en/events/{event.slug}/rsvp/", answer="going", name=name, email=VICTIM, seats=1)
    assert Rsvp.objects.get().name == name
