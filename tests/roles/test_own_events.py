"""Whoever looks after some events finds these alone, wherever the admin offers or takes an event."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Event, EventPicture, Invitation, Question, Remark, TeamMember
from people.models import Member, RoleGrant, RoleName
from people.roles import Scope, scope
from tests import factories
from tests.forms import sent
from tests.roles.world import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Event:
    return factories.reception()


@pytest.fixture
def foreign() -> Event:
    return factories.reception()


@pytest.fixture
def host(own: Event) -> Member:
    return somebody(RoleName.HOST, own)


@pytest.fixture
def hosting(client: Client, host: Member) -> Client:
    client.force_login(host)
    return client


def test_list_of_events_shows_own_ones_only(hosting: Client, own: Event, foreign: Event) -> None:
    html = hosting.get(reverse("admin:events_event_changelist")).content.decode()
    assert own.title_en in html
    assert foreign.title_en not in html


def test_lists_of_answers_and_invitations_show_own_ones_only(
    hosting: Client, own: Event, foreign: Event
) -> None:
    factories.rsvp(own, name="Mei Chen"), factories.rsvp(foreign, name="Ana Ruiz")
    factories.invitation(own, "Li Na"), factories.invitation(foreign, "Bo Yang")
    answers = hosting.get(reverse("admin:events_rsvp_changelist")).content.decode()
    invited = hosting.get(reverse("admin:events_invitation_changelist")).content.decode()
    assert "Mei Chen" in answers
    assert "Li Na" in invited
    assert "Ana Ruiz" not in answers
    assert "Bo Yang" not in invited


def test_search_in_a_field_offers_own_events_only(hosting: Client, own: Event, foreign: Event) -> None:
    asked = {"app_label": "events", "model_name": "remark", "field_name": "event", "term": "Reception"}
    found = hosting.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [each["id"] for each in found] == [str(own.pk)]


def test_a_forged_event_in_a_form_is_refused_beside_the_field(
    hosting: Client, own: Event, foreign: Event
) -> None:
    page = hosting.get(reverse("admin:events_invitation_add") + f"?event={own.pk}")
    values = {**sent(page), "name": "Mei Chen", "email": "mei@example.org", "language": "en"}
    answer = hosting.post(reverse("admin:events_invitation_add"), {**values, "event": str(foreign.pk)})
    assert answer.status_code in (200, 422)
    assert not Invitation.objects.exists()
    assert hosting.post(reverse("admin:events_invitation_add"), values).status_code == 302
    assert Invitation.objects.get().event == own


def test_a_question_is_not_added_to_an_event_of_others(hosting: Client, own: Event, foreign: Event) -> None:
    add = reverse("admin:events_question_add")
    assert hosting.get(f"{add}?event={own.pk}").status_code == 200
    assert hosting.get(f"{add}?event={foreign.pk}").status_code == 404
    assert hosting.post(f"{add}?event={foreign.pk}", {"label_en": "Why?"}).status_code == 404
    assert not Question.objects.exists()


def test_guests_and_questions_of_events_of_others_are_not_taken_over(
    hosting: Client, own: Event, foreign: Event
) -> None:
    factories.rsvp(foreign, name="Ana Ruiz")
    foreign.questions.create(label_en="What do you eat?")
    people = reverse("admin:events_invitation_people", args=[own.pk]) + "?from=guests"
    assert hosting.post(people, {"earlier": str(foreign.pk), "who": "came"}).status_code == 422
    copied = hosting.post(
        reverse("admin:events_event_questions", args=[own.pk]), {"copy": "1", "source": foreign.pk}
    )
    assert copied.status_code == 422
    assert not own.questions.exists()


def test_a_remark_is_not_moved_to_an_event_of_others(hosting: Client, own: Event, foreign: Event) -> None:
    remark = factories.remark(own)
    address = reverse("admin:events_remark_change", args=[remark.pk])
    values = sent(hosting.get(address))
    hosting.post(address, {**values, "event": str(foreign.pk)})
    assert Remark.objects.get().event == own


def test_the_draft_of_an_own_event_opens_on_the_site_and_that_of_others_does_not(
    hosting: Client, own: Event, foreign: Event
) -> None:
    Event.objects.update(status="draft")
    assert hosting.get(own.get_absolute_url()).status_code == 200
    assert hosting.get(foreign.get_absolute_url()).status_code == 404


def test_whoever_plans_an_anniversary_becomes_its_host(client: Client) -> None:
    bond = factories.relationship(established=f"{timezone.now().year - 44}-12-31", is_ours=True)
    host = somebody(RoleName.HOST)
    client.force_login(host)
    page = client.get(reverse("admin:events_event_plan"))
    years = next(each.anniversary.years for each, _form in page.context["prospects"] if each.bond == bond)
    client.post(reverse("admin:events_event_plan"), {"bond": bond.pk, "years": years})
    made = Event.objects.get(marks=bond)
    assert client.get(reverse("admin:events_event_change", args=[made.pk])).status_code == 200


def test_sources_and_pictures_tell_a_host_of_own_events_only(
    hosting: Client, own: Event, foreign: Event
) -> None:
    source, picture = factories.source(), factories.picture()
    for event in (own, foreign):
        event.citations.create(source=source)
        EventPicture.objects.create(event=event, picture=picture)
    for address, thing in [("pages_source", source), ("pages_picture", picture)]:
        html = hosting.get(reverse(f"admin:{address}_change", args=[thing.pk])).content.decode()
        assert own.title_en in html
        assert foreign.title_en not in html
        assert "and others, which your role does not show you" in html


def test_whoever_copies_an_own_event_becomes_host_of_the_copy(hosting: Client, own: Event) -> None:
    answer = hosting.post(reverse("admin:events_event_duplicate", args=[own.pk]))
    assert hosting.get(answer["Location"]).status_code == 200


def test_the_role_alone_opens_no_event_and_the_duty_alone_opens_nothing(client: Client, own: Event) -> None:
    reader = somebody(RoleName.READER)
    TeamMember.objects.create(event=own, member=reader, duty="host")
    client.force_login(reader)
    assert client.get(reverse("admin:events_event_guests", args=[own.pk])).status_code == 403
    unentrusted = somebody(RoleName.HOST)
    client.force_login(unentrusted)
    assert client.get(reverse("admin:events_event_guests", args=[own.pk])).status_code == 404


def test_a_role_that_is_over_opens_nothing_from_that_day_on(
    hosting: Client, own: Event, host: Member
) -> None:
    guests = reverse("admin:events_event_guests", args=[own.pk])
    RoleGrant.objects.update(ends_on=timezone.localdate())
    assert hosting.get(guests).status_code == 200
    RoleGrant.objects.update(ends_on=timezone.localdate() - timezone.timedelta(days=1))
    assert hosting.get(guests).status_code in (302, 403)


def test_being_host_here_gives_a_translator_nothing_more_there(
    client: Client, own: Event, foreign: Event
) -> None:
    both = somebody(RoleName.HOST, own)
    RoleGrant.objects.create(member=both, role=RoleName.TRANSLATOR)
    both = Member.objects.get(pk=both.pk)
    assert scope(both, "events.view_event") is Scope.ALL
    assert scope(both, "events.change_event") is Scope.OWN
    client.force_login(both)
    form = _form(client, foreign)
    assert set(form["adminform"].form.fields) & {"kind", "starts_at", "slug"} == set()
    assert "title_en" in form["adminform"].form.fields
    assert {each.formset.can_delete for each in form["inline_admin_formsets"]} == {False}
    assert "kind" in _form(client, own)["adminform"].form.fields


def _form(client: Client, event: Event) -> Any:
    return client.get(reverse("admin:events_event_change", args=[event.pk])).context
