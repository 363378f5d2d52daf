"""What staff and monitors see of the outbox: what did not arrive, why, since when, and how to send it again."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from people.models import Member
from sistercities.mail import hands, kinds, outbox
from sistercities.mail.condition import condition
from sistercities.mail.explained import explain
from sistercities.mail.models import Message

pytestmark = pytest.mark.django_db
State, Fault = Message.State, Message.Fault
NOW = timezone.now
LIST = "admin:mail_message_changelist"
STATES: dict[str, dict[str, Any]] = {
    "waiting": {},
    "retrying": {"attempts": 1, "error": "451 Later", "fault": Fault.PUT_OFF},
    "on-its-way": {"attempts": 1, "handed_over_at": NOW()},
    "sent": {"sent_at": NOW(), "handed_over_at": NOW()},
    "given-up": {"failed_at": NOW(), "error": "550 No such mailbox", "fault": Fault.REFUSED},
    "uncertain": {
        "failed_at": NOW(),
        "handed_over_at": NOW(),
        "error": "Uncertain",
        "fault": Fault.BROKEN_OFF,
    },
    "returned": {"sent_at": NOW(), "handed_over_at": NOW(), "returned_at": NOW(), "error": "5.1.1 Unknown"},
    "overtaken": {"failed_at": NOW()},
}


@pytest.fixture(autouse=True)
def _nobody_works() -> None:
    """Tests of the worker have signed on in this session."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_unlock_all()")


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def mail(key: str = "a", **fields: Any) -> Message:
    values = {"kind": "newsletter_asked", "to_email": f"{key}@example.org", "language": "en", **fields}
    return Message.objects.create(key=key, **values)


def one_of_each() -> dict[str, Message]:
    return {state: mail(state, **fields) for state, fields in STATES.items()}


def desk(staff: Client) -> str:
    return staff.get(reverse("admin:index")).content.decode()


# --- lists and words ------------------------------------------------------------------------------------


def test_every_state_has_its_list_and_no_mail_is_on_two(staff: Client) -> None:
    made = one_of_each()
    for state, message in made.items():
        assert message.state == state
        found = staff.get(reverse(LIST), {"state": state}).context["cl"].result_list
        assert [each.key for each in found] == [state]


def test_what_did_not_arrive_is_to_be_looked_after_until_staff_say_that_it_is_done(staff: Client) -> None:
    one_of_each()
    mail("newsletter", priority=Message.Priority.BULK, failed_at=NOW(), error="550 No such mailbox")
    assert "4 mails did not arrive, or not yet." in desk(staff)
    found = Message.objects.in_trouble()
    assert {each.key for each in found} == {"retrying", "given-up", "uncertain", "returned"}
    chosen = {"action": "done", "_selected_action": [each.pk for each in found]}
    said = staff.post(reverse(LIST), chosen, follow=True).content.decode()
    assert "4 mails are off the list" in said
    assert "did not arrive" not in desk(staff)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_state_is_told_in_words(language: str) -> None:
    with translation.override(language):
        told = {state: explain(message) for state, message in one_of_each().items()}
    assert len({sentences[0] for sentences in told.values()}) == len(STATES)
    if language == "en":
        assert told["retrying"][1].startswith("A mail server put it off")
        assert told["retrying"][2].startswith("Next attempt: ")
        assert told["given-up"][1] == "A mail server refuses this address, or this mail, for good."
        assert "it may have arrived, or not" in told["uncertain"][0]


def test_a_mail_that_waits_for_an_earlier_one_says_so() -> None:
    mail("first", to_email="mei@example.org", attempts=1, error="451 Later", fault=Fault.PUT_OFF)
    later = mail("later", to_email="Mei@example.org")
    assert explain(later)[1:] == ["An earlier mail to the same address goes first."]
    assert len(explain(mail("other"))) == 1


def test_a_mail_for_a_later_day_names_it() -> None:
    later = mail(send_after=NOW() + timedelta(days=3))
    assert explain(later)[0].startswith("It goes out at its time: ")


def test_staff_read_kinds_by_their_names(staff: Client) -> None:
    mail("a", kind="rsvp_lapsed")
    page = staff.get(reverse(LIST)).content.decode()
    assert "Offer lapsed" in page
    assert "rsvp_lapsed</td>" not in page


def test_every_kind_of_mail_has_a_name_for_staff() -> None:
    assert [kind for kind in kinds.known() if kinds.name_of(kind) == kind] == []


# --- sending again --------------------------------------------------------------------------------------


def test_what_was_given_up_uncertain_or_returned_goes_out_again_and_nothing_else(staff: Client) -> None:
    made = one_of_each()
    wiped = mail("wiped", failed_at=NOW(), error="550 No such mailbox", is_wiped=True)
    chosen = {"action": "try_again", "_selected_action": [each.pk for each in [*made.values(), wiped]]}
    said = staff.post(reverse(LIST), chosen, follow=True).content.decode()
    assert "3 mails go out again." in said
    assert "6 mails are left as they are" in said
    for state, message in made.items():
        now = Message.objects.get(pk=message.pk).state
        assert now == (State.RETRYING if state in ("given-up", "uncertain", "returned") else state)


def test_one_mail_is_sent_again_by_the_button_on_its_page(staff: Client) -> None:
    made = one_of_each()
    for state, message in made.items():
        page = staff.get(reverse("admin:mail_message_change", args=[message.pk])).content.decode()
        assert ("Send it again" in page) == (state in ("given-up", "uncertain", "returned"))
        assert ("It may then arrive twice." in page) == (state == "uncertain")
    uncertain = made["uncertain"]
    again = reverse("admin:mail_message_again", args=[uncertain.pk])
    assert staff.get(again).status_code == 405
    assert "1 mail goes out again." in staff.post(again, follow=True).content.decode()
    assert Message.objects.get(pk=uncertain.pk).state == State.RETRYING


def test_a_mail_that_was_overtaken_is_never_sent_again(staff: Client) -> None:
    overtaken = mail(failed_at=NOW())
    said = staff.post(reverse("admin:mail_message_again", args=[overtaken.pk]), follow=True).content.decode()
    assert "1 mail is left as it is" in said
    assert Message.objects.get().state == State.OVERTAKEN


def test_a_mail_sent_again_is_the_same_mail_to_those_who_have_it() -> None:
    uncertain = mail(**STATES["uncertain"])
    outbox.send_again(Message.objects.all())
    assert Message.objects.get().message_id == uncertain.message_id


def test_whoever_may_only_read_the_outbox_sends_nothing(client: Client, member: Member) -> None:
    member.is_staff = True
    member.save()
    member.user_permissions.add(Permission.objects.get(codename="view_message"))
    client.force_login(member)
    given_up = mail(**STATES["given-up"])
    page = client.get(reverse("admin:mail_message_change", args=[given_up.pk])).content.decode()
    assert "Send it again" not in page
    assert client.post(reverse("admin:mail_message_again", args=[given_up.pk])).status_code == 403
    assert Message.objects.get().state == State.GIVEN_UP


# --- how the outbox does --------------------------------------------------------------------------------


def test_monitors_read_the_age_of_the_oldest_unsent_mail(client: Client) -> None:
    assert client.get("/readyz").content.decode().endswith("\nmail unsent 0 oldest 0 s workers 0\n")
    mail("a", send_after=NOW() - timedelta(hours=2))
    mail("b", send_after=NOW() + timedelta(days=2))
    mail("c", due_since=NOW() - timedelta(hours=3), send_after=NOW() + timedelta(hours=1), attempts=4)
    mail("d", sent_at=NOW(), send_after=NOW() - timedelta(days=9))
    answer = client.get("/readyz")
    assert answer.status_code == 200
    line = answer.content.decode().splitlines()[1]
    assert line.startswith("mail unsent 2 oldest 108")


def test_the_first_page_warns_when_no_worker_seems_to_run(staff: Client) -> None:
    assert "on its way out" not in desk(staff)
    fresh = mail("fresh")
    assert "seems not to run" not in desk(staff)
    assert "1 mail is on its way out" in desk(staff)
    Message.objects.filter(pk=fresh.pk).update(send_after=NOW() - timedelta(hours=2))
    assert "the worker seems not to run. The oldest mail has waited for 2\xa0hours" in desk(staff)


def test_a_mail_that_its_own_server_puts_off_is_no_sign_of_a_missing_worker(staff: Client) -> None:
    mail(due_since=NOW() - timedelta(hours=2), **STATES["retrying"])
    assert "seems not to run" not in desk(staff)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_connected_is_known_and_one_that_is_gone_is_not(staff: Client) -> None:
    connection.close()  # an earlier test may have worked through this session, and is a worker until it ends
    mail(due_since=NOW() - timedelta(hours=2), attempts=3, fault=Fault.NO_SERVER, error="refused")
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("select pg_advisory_lock_shared(%s, 0)", [hands.WORKER])
        assert condition().workers == 1
        page = desk(staff)
        assert "seems not to run" not in page
        assert "our mail server cannot be reached. The oldest mail has waited for 2\xa0hours" in page
        cursor.execute("select pg_advisory_unlock_shared(%s, 0)", [hands.WORKER])
    other.close()
    assert condition().workers == 0
    hands.sign_on()
    assert condition().workers == 1
    connection.close()
