"""What nobody gains by the form, the links or the buttons of an RSVP, though all of them are in their hands."""

import pytest
from django.test import Client

from events import invitations, tasks
from events import rsvp as verbs
from events.models import Actor, Event, Rsvp, RsvpPolicy, SeatHold
from events.rsvp import Answer, Block, By, Refused
from people.models import Member
from sistercities.mail.models import Message
from sistercities.pages.dates import parse
from tests import factories
from tests.events.rsvp_pages import form, invitation_page, names_of

pytestmark = pytest.mark.django_db
STAFF = By(Actor.STAFF, reason="Agreed by phone.")


def first_form(client: Client, event: Event) -> Rsvp:
    """Somebody answers with an address; the form stays in their hands."""
    client.post(f"/en/events/{event.slug}/rsvp/", form(email="owner@example.org"))
    return Rsvp.objects.get(event=event)


def same_form(client: Client, path: str) -> str:
    """Where the same form leads that is sent once more."""
    return str(client.post(path, form(email="owner@example.org"))["Location"])


def test_the_first_form_leads_nowhere_once_a_new_link_was_mailed(client: Client) -> None:
    event = factories.reception()
    verbs.renew_link(first_form(client, event), STAFF)
    path = f"/en/events/{event.slug}/rsvp/"
    assert same_form(client, path) == path + "sent/"


def test_signing_in_leads_nobody_past_the_proof_of_another_address(client: Client, member: Member) -> None:
    event = factories.reception(verify_email=True)
    verbs.verify(first_form(client, event))
    client.force_login(member)
    path = f"/en/events/{event.slug}/rsvp/"
    assert same_form(client, path) == path + "sent/"


def test_an_invitation_of_ones_own_leads_past_the_proof_of_no_other_address(client: Client) -> None:
    event = factories.reception(verify_email=True)
    verbs.verify(first_form(client, event))
    own = factories.invitation(event)
    assert same_form(client, invitation_page(own)) == f"/en/events/{event.slug}/rsvp/sent/"


def test_a_proved_address_stays_proved_when_the_event_asks_for_no_more_proofs(client: Client) -> None:
    event = factories.reception(verify_email=True)
    verbs.verify(first_form(client, event))
    verbs.set_rules(event, STAFF, verify_email=False)
    path = f"/en/events/{event.slug}/rsvp/"
    assert same_form(client, path) == path + "sent/"


# --- the address of somebody invited --------------------------------------------------------------------


def test_typing_the_address_of_somebody_invited_spares_nobody_the_decision_of_the_hosts() -> None:
    event = factories.reception(mode=RsvpPolicy.Mode.APPROVAL)
    invited = factories.invitation(event)
    no = verbs.respond(event, Answer("Somebody", invited.email, 0)).rsvp
    assert verbs.change(no, Answer("Somebody", invited.email, 4)).status == "requested"


def test_typing_the_address_of_somebody_invited_lets_nobody_grow() -> None:
    event = factories.reception()
    invited = factories.invitation(event)
    rsvp = verbs.respond(event, Answer("Somebody", invited.email, 1)).rsvp
    verbs.set_rules(event, STAFF, mode=RsvpPolicy.Mode.INVITATION)
    with pytest.raises(Refused, match="by invitation only"):
        verbs.change(rsvp, Answer("Somebody", invited.email, 4))


@pytest.mark.parametrize("how", ["invited later", "taken down by staff", "a member's own"])
def test_whom_the_hosts_know_at_an_address_is_let_in_by_its_invitation(how: str, member: Member) -> None:
    event = factories.reception()
    if how != "invited later":
        factories.invitation(event, email=member.email)
    by = STAFF if how == "taken down by staff" else verbs.GUEST
    answer = Answer("Mei", member.email, 1, member=member if how == "a member's own" else None)
    rsvp = verbs.respond(event, answer, by).rsvp
    if how == "invited later":
        factories.invitation(event, email=member.email)
    verbs.set_rules(event, STAFF, mode=RsvpPolicy.Mode.INVITATION)
    assert verbs.change(rsvp, Answer("Mei", member.email, 3)).seats_confirmed == 3


# --- the mailbox of somebody else -----------------------------------------------------------------------


def play(rsvp: Rsvp, times: int) -> None:
    """The same answer is changed back and forth."""
    for each in range(times):
        verbs.change(rsvp, Answer(rsvp.name, rsvp.email, 2 - each % 2))


def test_playing_with_an_answer_fills_no_mailbox_that_was_never_proved() -> None:
    rsvp = factories.rsvp(factories.reception())
    play(rsvp, 30)
    assert Message.objects.filter(to_email=rsvp.email).count() == 12


def test_what_becomes_of_an_answer_by_others_is_told_also_to_whom_played_with_it() -> None:
    event = factories.reception(seats=4)
    first = factories.rsvp(event, 3)
    rsvp = factories.rsvp(event, 1)
    play(rsvp, 31)
    verbs.withdraw(first)
    assert Message.objects.filter(to_email=rsvp.email).latest("pk").kind == "rsvp_promoted"


def test_whoever_proved_an_address_is_told_of_every_change(member: Member) -> None:
    rsvp = factories.rsvp(factories.reception(), email=member.email, member=member)
    play(rsvp, 30)
    assert Message.objects.filter(to_email=member.email).count() == 31


# --- seats for nobody -----------------------------------------------------------------------------------


def test_the_button_pressed_twice_keeps_no_block_twice() -> None:
    event = factories.reception()
    verbs.hold_seats(event, Block("Consulate", 3), STAFF)
    with pytest.raises(Refused, match="of this name already"):
        verbs.hold_seats(event, Block("Consulate", 3), STAFF)
    assert RsvpPolicy.objects.get(event=event).seats_committed == 3


@pytest.mark.parametrize("how", ["revoked", "released before", "of another event"])
def test_no_seats_are_kept_for_an_invitation_that_can_take_none(how: str) -> None:
    event = factories.reception()
    invited = factories.invitation(factories.reception() if how == "of another event" else event)
    if how == "revoked":
        invitations.revoke(invited)
    if how == "released before":
        verbs.release_hold(verbs.hold_seats(event, Block("Guest", 2, invitation=invited), STAFF), STAFF)
    with pytest.raises(Refused, match="was revoked, or has had its seats"):
        verbs.hold_seats(event, Block("Guest again", 2, invitation=invited), STAFF)


def test_a_revoked_invitation_gives_the_seats_kept_for_it_to_those_who_wait() -> None:
    event = factories.reception(seats=4)
    invited = factories.invitation(event)
    hold = verbs.hold_seats(event, Block("Guest", 4, invitation=invited), STAFF)
    waits = factories.rsvp(event, 2)
    assert invitations.revoke(invited)
    assert SeatHold.objects.get(pk=hold.pk).released_at is not None
    assert Rsvp.objects.get(pk=waits.pk).seats_confirmed == 2


# --- what was never complete ----------------------------------------------------------------------------


def test_an_answer_never_verified_can_be_removed_beside_one_of_its_address() -> None:
    event = factories.reception(verify_email=True)
    proved, other = (verbs.respond(event, Answer("Mei", "mei@example.org", 1)).rsvp for _ in "ab")
    verbs.verify(proved)
    verbs.remove(other, STAFF)
    assert Rsvp.objects.get(pk=proved.pk).status == "confirmed"


def test_guests_are_told_of_an_event_whose_hour_is_not_known_any_more() -> None:
    event = factories.reception()
    factories.rsvp(event, 2)
    times = {"starts_at": None, "ends_at": None, "held": parse("2027-05"), "state": Event.State.POSTPONED}
    Event.objects.filter(pk=event.pk).update(**times)
    assert verbs.announce_change(event, STAFF, "postponed", "a day", "in May") == 1


def test_an_event_where_too_many_answer_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    waited_for = [factories.reception(seats=2) for _ in "ab"]
    for event in waited_for:
        factories.rsvp(event, 2)
        factories.rsvp(event, 1)
    RsvpPolicy.objects.update(seat_limit=3)
    settled = []

    def settle(event: Event) -> None:
        settled.append(event)
        raise verbs.Busy

    monkeypatch.setattr(verbs, "settle", settle)
    tasks.serve_those_who_wait()
    assert settled == waited_for


def test_what_a_party_asks_for_while_the_hosts_think_is_not_admitted_unseen(
    client: Client, curator: Member
) -> None:
    event = factories.reception(mode=RsvpPolicy.Mode.APPROVAL)
    rsvp = factories.rsvp(event, 2)
    client.force_login(curator)
    page = f"/admin/events/event/guests/{rsvp.pk}/approve/"
    opened = client.get(page).context["form"]["asked"].value()
    verbs.change(rsvp, Answer(rsvp.name, rsvp.email, 4))
    answer = client.post(page, {"asked": opened})
    assert (answer.status_code, Rsvp.objects.get(pk=rsvp.pk).status) == (422, "requested")
    client.post(page, {"asked": answer.context["form"]["asked"].value()})
    assert Rsvp.objects.get(pk=rsvp.pk).seats_confirmed == 4


def test_the_desk_admits_no_more_than_the_hosts_saw() -> None:
    rsvp = factories.rsvp(factories.reception(mode=RsvpPolicy.Mode.APPROVAL), 4)
    with pytest.raises(Refused, match="another number of seats"):
        verbs.approve(rsvp, STAFF, seats=2)


def test_a_list_of_names_that_somebody_else_saves_at_the_same_moment_is_not_undone() -> None:
    hold = verbs.hold_seats(factories.reception(), Block("Consulate", 3), STAFF)
    verbs.name_delegates(hold, ["Mei Chen"])
    verbs.name_delegates(hold, ["Mei Chen", "Li Na"], STAFF, seen=["Mei Chen"])
    with pytest.raises(Refused, match="at this very moment"):
        verbs.name_delegates(hold, ["Mei Chen", "Wang Wei"], seen=["Mei Chen"])
    assert names_of(Rsvp.objects.get(hold=hold)) == ["Mei Chen", "Li Na"]
