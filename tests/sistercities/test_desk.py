"""What the desk tells of everything but events; the ways at the side; what stands in which order."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from people.models import Member, RoleGrant, RoleName
from relationships.models import Directory
from sistercities.desk import Urgency, far_away
from sistercities.news.models import Enquiry
from sistercities.newsletter.models import Newsletter
from sistercities.pages.dates import from_date
from sistercities.pages.models import Correction
from sistercities.pages.unsourced import how_many, unsourced
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def desk(client: Client) -> str:
    return client.get("/admin/").content.decode()


def works_as(role: RoleName) -> Member:
    member = factories.member(f"{role}@example.org", is_staff=True)
    RoleGrant.objects.create(member=member, role=role)
    return member


def days(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)


# --- what needs somebody ----------------------------------------------------------------------------------


def test_a_desk_on_which_nothing_lies_says_so(staff: Client) -> None:
    assert "Nothing waits for you today." in desk(staff)
    Enquiry.objects.create(name="A", email="a@example.org", subject="B", text="C", nonce="1")
    assert "Nothing waits for you today." not in desk(staff)


def test_staff_whose_role_does_not_open_a_page_are_led_back_and_not_to_the_door(client: Client) -> None:
    client.force_login(works_as(RoleName.READER))
    page = client.get(reverse("admin:people_member_changelist"))
    assert page.status_code == 403
    words = page.content.decode()
    assert "Your role does not open it." in words
    assert reverse("admin:desk_roles") in words
    assert "sign in and try again" not in words


def test_what_one_changed_twice_running_stands_once_among_the_latest(staff: Client, curator: Member) -> None:
    bond = factories.relationship()
    for _again in range(2):
        LogEntry.objects.log_actions(curator.pk, [bond], CHANGE, single_object=True)
    latest = desk(staff).partition("Lately changed by you")[2]
    assert latest.count(f"/admin/relationships/relationship/{bond.pk}/change/") == 1


def test_enquiries_and_corrections_lead_to_those_that_are_open(staff: Client) -> None:
    long_ago = timezone.now() - timedelta(days=3)
    for state, nonce in (("new", "1"), ("answered", "2")):
        said = {"name": "A", "email": "a@example.org", "subject": "B", "text": "C"}
        Enquiry.objects.create(state=state, nonce=nonce, received_at=long_ago, **said)
    page = factories.city()
    Correction.objects.create(
        kind="relationships.city", object_id=page.pk, page_title="Guangzhou", text="No", nonce="3"
    )
    shown = desk(staff)
    enquiries = reverse("admin:news_enquiry_changelist")
    assert f'href="{enquiries}?state__exact=new">1 enquiry to answer<' in shown
    assert "the first came 3 days ago" in shown
    corrections = reverse("admin:pages_correction_changelist")
    assert f'href="{corrections}?state__exact=new">1 reader asks to put a page right<' in shown
    for url in (enquiries, corrections):
        assert staff.get(url, {"state__exact": "new"}).context["cl"].result_count == 1


def test_as_many_pages_want_a_translator_as_the_list_holds(staff: Client) -> None:
    factories.city(title_zh_hans="")
    factories.los_angeles()
    assert "1 page wants a translator" in desk(staff)
    assert len(staff.get(reverse("admin:desk_translations")).context["rows"]) == 1


def test_statements_without_a_source_are_counted_as_they_are_listed(staff: Client) -> None:
    bond = factories.relationship()
    factories.milestone(bond)
    factories.milestone(bond, is_shown=False)
    factories.cite(factories.agreement(bond), claim="signed")
    factories.person()
    assert how_many() == len(list(unsourced())) > 3
    assert f"{how_many()} published statements have no source" in desk(staff)


def test_pictures_that_nobody_described_are_told_of(staff: Client) -> None:
    factories.picture(alt_zh_hans="")
    factories.picture()
    url = reverse("admin:pages_picture_changelist")
    assert f'href="{url}?described=no">1 picture wants a description<' in desk(staff)


def test_memberships_that_end_or_ended_are_counted_as_in_their_lists(staff: Client) -> None:
    for number, end in enumerate((5, 59, 90, -3, -100)):
        factories.member(f"m{number}@example.org", member_since=date(2020, 1, 1), member_until=days(end))
    shown, url = desk(staff), reverse("admin:people_member_changelist")
    assert f'href="{url}?ends=soon">2 memberships end within 60 days<' in shown
    assert f'href="{url}?ends=lately">1 membership has ended, perhaps to be renewed<' in shown
    for asked, count in (("soon", 2), ("lately", 1)):
        assert staff.get(url, {"ends": asked}).context["cl"].result_count == count


def test_roles_that_end_are_told_to_administrators_alone(client: Client, curator: Member) -> None:
    helper = factories.member("helper@example.org", name="Ann Lee")
    RoleGrant.objects.create(member=helper, role=RoleName.HOST, ends_on=days(9))
    client.force_login(curator)
    assert "The role of event host ends" in desk(client)
    client.force_login(works_as(RoleName.SECRETARY))
    assert "The role of event host ends" not in desk(client)


def test_what_was_begun_and_stopped_is_told_of(staff: Client) -> None:
    Newsletter.objects.create(subject_en="Autumn")
    Directory.objects.create(source=factories.source(), filename="bonds.csv", state="stopped")
    shown = desk(staff)
    assert "A newsletter is begun and not sent" in shown
    assert "Taking in a list of bonds has stopped" in shown


# --- what comes -------------------------------------------------------------------------------------------


def test_agreements_that_expire_within_half_a_year_lead_to_their_renewal(staff: Client) -> None:
    bond = factories.relationship()
    for slug, end in (("soon", 90), ("later", 300), ("over", -2), ("renewed", 80)):
        factories.agreement(bond, slug, signed=from_date(days(-900)), expires=from_date(days(end)))
    known = type(factories.agreement(bond, "draft", status="draft")).objects
    factories.agreement(bond, "renewal", renews=known.get(slug="renewed"), status="draft")
    shown, soon = desk(staff), known.get(slug="soon")
    assert "Agreement soon" in shown
    for other in ("later", "over", "renewed"):
        assert f"Agreement {other}<" not in shown
    address = (
        f"/admin/relationships/agreement/add/?renews={soon.pk}&amp;relationship={bond.pk}&amp;kind=renewal"
    )
    assert f'href="{address}"' in shown


def test_scheduled_pages_stand_in_the_order_of_their_days(staff: Client) -> None:
    now = timezone.now()
    factories.story("second", title_en="The second", publish_at=now + timedelta(days=5))
    factories.city("first", "The first", publish_at=now + timedelta(days=2))
    factories.story("draft", title_en="No page", status="draft", publish_at=now + timedelta(days=1))
    shown = desk(staff)
    assert 0 < shown.index("The first") < shown.index("The second")
    assert "goes live (Story)" in shown
    assert "No page" not in shown


# --- to whom, and in which words --------------------------------------------------------------------------


def test_a_translator_is_told_of_translations_and_of_nothing_that_others_do(client: Client) -> None:
    factories.city(title_zh_hans="")
    Enquiry.objects.create(name="A", email="a@example.org", subject="B", text="C", nonce="1")
    client.force_login(works_as(RoleName.TRANSLATOR))
    shown = desk(client)
    assert "1 page wants a translator" in shown
    for others in ("to answer", "have no source", "has no source", "mails", "Plan it", "desk-begin"):
        assert others not in shown


def test_the_ways_at_the_side_are_those_that_the_reader_may_go(client: Client, curator: Member) -> None:
    client.force_login(curator)
    ways = client.get("/admin/people/person/").context["ways"]
    assert [str(heading.label) for heading in ways] == [
        "Events",
        "The record",
        "People and members",
        "News and letters",
        "Pictures and documents",
        "The house",
    ]
    here = [str(way.label) for rows in ways.values() for way in rows if way.is_here]
    assert here == ["People"]
    client.force_login(works_as(RoleName.SECRETARY))
    offered = {way.url for rows in client.get("/admin/").context["ways"].values() for way in rows}
    assert "/admin/people/member/" in offered
    assert "/admin/events/event/" not in offered
    for url in offered:
        assert client.get(url).status_code == 200, url


def test_every_way_leads_somewhere_and_none_is_forgotten(staff: Client) -> None:
    context = staff.get("/admin/").context
    offered = [way.url for rows in context["ways"].values() for way in rows]
    lists = [model["admin_url"] for app in context["available_apps"] for model in app["models"]]
    assert set(lists) <= set(offered)
    assert len(offered) == len(set(offered))


def test_the_trail_at_the_top_leads_to_the_lists_of_an_app_and_not_to_another_desk(staff: Client) -> None:
    shown = staff.get("/admin/events/").content.decode()
    assert '<a href="/admin/events/venue/">Venues</a>' in shown
    assert "What needs you" not in shown


@pytest.mark.parametrize(
    ("count", "english", "chinese"),
    [
        (0, "today", "今天"),
        (1, "tomorrow", "明天"),
        (-1, "1 day ago", "1天前"),
        (16, "in 16 days", "16天后"),
        (59, "in 59 days", "59天后"),
        (61, "in 2 months", "2个月后"),
        (365, "in 12 months", "12个月后"),
    ],
)
def test_how_far_away_a_day_is_stands_in_words(count: int, english: str, chinese: str) -> None:
    today = date(2026, 11, 22)
    for language, words in (("en", english), ("zh-hans", chinese)):
        with translation.override(language):
            assert far_away(today + timedelta(days=count), today) == words


def test_what_is_urgent_stands_first(staff: Client) -> None:
    factories.city(title_zh_hans="")
    Enquiry.objects.create(name="A", email="a@example.org", subject="B", text="C", nonce="1")
    needs: Any = staff.get("/admin/").context["desk"].needs
    assert [urgency for urgency, _rows in needs] == sorted(urgency for urgency, _rows in needs)
    assert needs[0][0] is Urgency.NOW
