"""Free letters: to whom they go, in which words, and that each is sent once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events import mailings
from events import rsvp as verbs
from events.audience import Audience, people
from events.links import hold_url, invitation_url
from events.models import Event, InvitationList, Mailing, Question, QuestionAnswer, Rsvp
from people.models import Member
from sistercities.mail import outbox
from sistercities.mail.models import Message
from tests import factories
from tests.events.free_letters import WORDS, letter, party, sent_by
from tests.events.postbox import STAFF, all_delivered, body, lantern_reception, link_of, subject, taken_down
from tests.post import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return lantern_reception(20)


def chosen(event: Event, *groups: str, **more: Any) -> list[str]:
    return [
        each.email.partition("@")[0] for each in people(event, Audience(groups=groups, **more)).recipients
    ]


# --- to whom --------------------------------------------------------------------------------------------


def test_each_group_is_found_and_a_party_that_waits_for_more_is_in_two(event: Event) -> None:
    verbs.set_limit(event, 5, STAFF)
    partly = party(event, "partly", 2)
    party(event, "coming", 3)
    party(event, "waiting")
    verbs.change(partly, factories.answer(3, "Partly", email="partly@example.org"), STAFF)
    party(event, "no", 0)
    verbs.withdraw(party(event, "gone"), STAFF)
    Rsvp.objects.filter(email="gone@example.org").update(language="zh-hans")
    assert chosen(event, "confirmed") == ["coming", "partly"]
    assert chosen(event, "waiting") == ["partly", "waiting"]
    assert chosen(event, "declined") == ["no"]
    assert chosen(event, "withdrawn") == ["gone"]
    assert chosen(event, "confirmed", "waiting", "declined", "withdrawn", languages=("zh-hans",)) == ["gone"]
    assert chosen(event, "confirmed", fewest=3) == ["coming", "partly"]
    assert chosen(event, "confirmed", "waiting", most=2) == ["waiting"]


def test_one_person_gets_one_letter_by_the_answer_also_where_the_invitation_stands_beside_it(
    event: Event,
) -> None:
    sent: dict[str, Any] = {"sent_at": timezone.now()}
    factories.invitation(event, email="Mei@example.org", **sent)
    factories.invitation(event, "Lin", email="lin@example.org", **sent)
    factories.invitation(event, email="unsent@example.org")
    factories.invitation(event, email="revoked@example.org", revoked_at=timezone.now(), **sent)
    factories.invitation(event, "Wang without", email="")
    party(event, "mei")
    found = people(event, Audience(groups=("confirmed", "invited")))
    assert [each.handle.partition(":")[0] for each in found.recipients] == ["rsvp", "invitation"]
    assert [each.email for each in found.recipients] == ["mei@example.org", "lin@example.org"]
    assert [each.known_as for each in found.without_mail] == ["Wang without"]


def test_members_who_want_no_letters_of_the_hosts_get_none_also_at_an_address_that_is_theirs(
    event: Event,
) -> None:
    factories.member("mei@example.org", wants_greetings=False)
    party(event, "mei")
    lin = factories.member("lin@example.org")
    party(event, "lin", member=lin)
    party(event, "stranger")
    assert chosen(event, "confirmed") == ["lin", "stranger"]
    assert [each.known_as for each in people(event, Audience(groups=("confirmed",))).unwilling] == ["Mei"]
    assert chosen(event, "confirmed", members=True) == ["lin"]
    assert chosen(event, "confirmed", members=False) == ["stranger"]


def test_guests_are_chosen_by_what_they_replied_and_by_the_list_that_invited_them(event: Event) -> None:
    corps = InvitationList.objects.create(event=event, name="Consular corps")
    invited: dict[str, Any] = {"batch": corps, "sent_at": timezone.now()}
    factories.invitation(event, email="consul@example.org", **invited)
    factories.invitation(event, email="bus@example.org", **invited)
    bus, walk = party(event, "bus"), party(event, "walk")
    asked = Question.objects.create(event=event, label_en="Do you take the bus?", kind="yes-no")
    QuestionAnswer.objects.create(rsvp=bus, question=asked, yes=True)
    QuestionAnswer.objects.create(rsvp=walk, question=asked, yes=False)
    party(event, "silent")
    assert chosen(event, "confirmed", question=asked.pk, said="yes") == ["bus"]
    assert chosen(event, "confirmed", question=asked.pk, said="no") == ["walk"]
    assert chosen(event, "confirmed", question=asked.pk, said="nothing") == ["silent"]
    assert chosen(event, "confirmed", "invited", batch=corps.pk) == ["bus", "consul"]


def test_who_names_a_delegation_is_written_to_and_its_people_are_not_named_twice(event: Event) -> None:
    block = verbs.Block("Foreign Affairs Office", 4, owner_name="Li Na", owner_email="li@example.org")
    hold = verbs.hold_seats(event, block, STAFF)
    verbs.name_delegates(hold, ["Wang Wei", "Chen Jie"], STAFF)
    found = people(event, Audience(groups=("confirmed", "delegation")))
    assert [(each.kind, each.email) for each in found.recipients] == [("hold", "li@example.org")]
    assert found.without_mail == []


def test_choosing_costs_the_same_for_three_guests_and_for_thirty(event: Event) -> None:
    costs = []
    for number in range(20):
        party(event, f"guest{number}")
        if number in (2, 19):
            with CaptureQueriesContext(connection) as queries:
                assert len(chosen(event, "confirmed", "invited", "delegation", members=False)) == number + 1
            costs.append(len(queries))
    assert costs == [4, 4]


# --- sending --------------------------------------------------------------------------------------------


def test_everybody_gets_it_once_in_their_own_language_and_as_mail_in_bulk(
    post: Post, event: Event, curator: Member
) -> None:
    event.rsvp_policy.reply_to_name, event.rsvp_policy.reply_to_email = "Ana Ruiz", "ana@example.org"
    event.rsvp_policy.save()
    mei, lin = party(event, "mei", 2), party(event, "lin", language="zh-hans")
    outbox.send_due()
    assert sent_by(curator, letter(event))
    mail = Message.objects.filter(kind="event_letter").first()
    assert mail is not None
    assert (mail.delivery, mail.priority) == ("at-most-once", Message.Priority.BULK)
    mails = all_delivered(post)
    english, chinese = mails["mei@example.org"], mails["lin@example.org"]
    assert subject(english) == "A word about Lantern Reception"
    assert subject(chinese) == "关于元宵招待会"
    for kind in ("plain", "html"):
        assert "Please use the door on Main Street, Mei." in body(english, kind)
        assert "请Lin从主街入口进入，共1席。" in body(chinese, kind)
        assert link_of(mei) in body(english, kind)
        assert link_of(lin) in body(chinese, kind)
    assert english["Reply-To"].addresses[0].addr_spec == "ana@example.org"
    assert english["List-Unsubscribe"] is None


def test_two_presses_send_it_once_and_a_sent_letter_is_not_changed_any_more(
    event: Event, curator: Member
) -> None:
    party(event, "mei")
    mailing = letter(event)
    assert sent_by(curator, mailing)
    assert not sent_by(curator, Mailing.objects.get(pk=mailing.pk))
    assert not mailings.send(mailing, factories.member(), "whatever")
    assert Message.objects.filter(kind="event_letter").count() == 1
    mailing.body_en = "Something else"
    assert not mailings.keep(mailing)
    assert not mailings.throw_away(mailing)
    row = Mailing.objects.get()
    assert (row.recipients, row.sent_by, row.body_en) == (1, curator, WORDS["body_en"])


def test_it_is_not_sent_to_other_people_than_were_looked_at(event: Event, curator: Member) -> None:
    party(event, "mei")
    mailing = letter(event)
    seen = mailings.prospect(mailing).seen
    party(event, "late")
    with pytest.raises(mailings.NotReady, match="has changed since you looked"):
        mailings.send(mailing, curator, seen)
    assert Message.objects.filter(kind="event_letter").count() == 0


def test_whoever_reads_a_language_that_was_left_empty_gets_the_whole_letter_in_the_other(
    post: Post, event: Event, curator: Member
) -> None:
    lin = party(event, "lin", language="zh-hans")
    outbox.send_due()
    sent_by(curator, letter(event, subject_zh_hans="", body_zh_hans=""))
    mail = all_delivered(post)["lin@example.org"]
    assert subject(mail) == "A word about Lantern Reception"
    assert "Dear Lin," in body(mail)
    assert "Please use the door" in body(mail)
    assert mail["Content-Language"] == "en"
    assert link_of(lin) in body(mail)


@pytest.mark.parametrize("because", ["erased", "another address", "wants none", "revoked"])
def test_a_letter_whose_reader_is_gone_meanwhile_is_not_sent(
    post: Post, event: Event, curator: Member, because: str
) -> None:
    mei = factories.member("mei@example.org")
    guest = party(event, "mei", member=mei)
    invited = factories.invitation(event, email="lin@example.org", sent_at=timezone.now())
    outbox.send_due()
    sent_by(curator, letter(event, "invited" if because == "revoked" else "confirmed"))
    if because == "erased":
        Rsvp.objects.filter(pk=guest.pk).update(email="", name="—")
    elif because == "another address":
        Rsvp.objects.filter(pk=guest.pk).update(email="new@example.org")
    elif because == "wants none":
        Member.objects.filter(pk=mei.pk).update(wants_greetings=False)
    else:
        type(invited).objects.filter(pk=invited.pk).update(revoked_at=timezone.now())
    post.mails.clear()
    outbox.send_due()
    assert not post.mails
    assert Message.objects.get(kind="event_letter").state == Message.State.OVERTAKEN


def test_invited_guests_and_delegations_get_their_own_link(post: Post, event: Event, curator: Member) -> None:
    invited = factories.invitation(event, "Wu", email="wu@example.org", sent_at=timezone.now())
    block = verbs.Block("Office", 4, owner_name="Li Na", owner_email="li@example.org")
    hold = verbs.hold_seats(event, block, STAFF)
    outbox.send_due()
    sent_by(curator, letter(event, "invited", "delegation", body_en="Here: {link}"))
    mails = all_delivered(post)
    assert invitation_url(invited) in body(mails["wu@example.org"], "html")
    assert hold_url(hold.link_handle, 1, "en") in body(mails["li@example.org"])


def test_what_a_guest_is_called_stays_text(post: Post, event: Event, curator: Member) -> None:
    taken_down(event, 1, "{link} <b>Bo</b> %(event)s", email="bo@example.org")
    outbox.send_due()
    sent_by(curator, letter(event, subject_en="100% for {name}"))
    mail = all_delivered(post)["bo@example.org"]
    assert subject(mail) == "100% for {link} <b>Bo</b> %(event)s"
    assert "&lt;b&gt;Bo&lt;/b&gt;" in body(mail, "html")


def test_an_event_that_is_over_gives_no_personal_link(post: Post, event: Event, curator: Member) -> None:
    guest = party(event, "mei")
    outbox.send_due()
    past = timezone.now() - timedelta(days=2)
    Event.objects.filter(pk=event.pk).update(starts_at=past - timedelta(hours=2), ends_at=past)
    sent_by(curator, letter(event))
    mail = all_delivered(post)["mei@example.org"]
    assert link_of(guest) not in body(mail)
    assert f"/en/events/{event.slug}/" in body(mail)
