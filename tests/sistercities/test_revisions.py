"""Revisions: every change is kept with who made it; any two are compared; any one comes back, and nothing halfway."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Event, Remark
from people.models import Member, Person, PersonName
from relationships.models import Agreement, Tenure
from sistercities.pages import publishing
from sistercities.pages.comparing import compare, marked
from sistercities.pages.models import Revision, StandingPage, Status
from sistercities.pages.revisions import record_first, revisions_of
from tests import factories
from tests.forms import sent

pytestmark = pytest.mark.django_db
CHANGE = "admin:pages_standingpage_change"


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _about(**fields: Any) -> StandingPage:
    page = StandingPage.objects.create(**{"slug": "about", "title_en": "About us", **fields})
    publishing.refresh(page)
    return page


def _save(staff: Client, page: Any, **changes: Any) -> Any:
    meta = page._meta
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[page.pk])
    return staff.post(url, sent(staff.get(url), **changes))


def _restore(page: Any, number: int, **options: Any) -> Any:
    publishing.restore(page, revisions_of(page).get(number=number), **options)
    page.refresh_from_db()
    return page


# --- keeping -----------------------------------------------------------------------------------------


def test_every_save_in_the_admin_is_kept_with_who_made_it(staff: Client, curator: Member) -> None:
    page = _about()
    _save(staff, page, title_en="About the association")
    assert [(each.number, each.act, each.made_by) for each in revisions_of(page)] == [
        (2, "saved", curator),
        (1, "saved", None),
    ]


def test_a_save_that_changes_nothing_is_not_kept(staff: Client) -> None:
    page = _about()
    _save(staff, page)
    assert revisions_of(page).count() == 1


def test_what_was_there_before_the_first_kept_change_is_kept_too(staff: Client) -> None:
    page = StandingPage.objects.create(slug="about", title_en="As imported")
    before = page.updated_at
    _save(staff, page, title_en="As changed")
    first = revisions_of(page).get(number=1)
    assert (first.title, first.made_at, first.made_by) == ("As imported", before, None)


def test_publishing_and_withdrawing_are_kept_as_such(curator: Member) -> None:
    page = _about()
    publishing.publish(page, by=curator)
    publishing.withdraw(page, by=curator)
    assert [each.act for each in revisions_of(page)] == ["withdrawn", "published", "saved"]


def test_publishing_in_the_form_is_seen_as_publishing(staff: Client) -> None:
    page = _about()
    _save(staff, page, status=Status.PUBLISHED)
    assert revisions_of(page).first().act == Revision.Act.PUBLISHED  # type: ignore[union-attr]


def test_a_deleted_page_stays_readable_in_who_did_what(staff: Client, curator: Member) -> None:
    page = _about(body_en="Nobody should lose this.")
    staff.post(reverse("admin:pages_standingpage_delete", args=[page.pk]), {"post": "yes"})
    assert not StandingPage.objects.exists()
    last = Revision.objects.get(act=Revision.Act.DELETED)
    assert last.made_by == curator
    html = staff.get(reverse("admin:pages_revision_change", args=[last.pk])).content.decode()
    assert "Nobody should lose this." in html
    assert "The page was deleted." in html


def test_offices_of_a_floor_above_belong_to_the_revisions_of_a_person() -> None:
    person = factories.person()
    made = Tenure.objects.create(person=person, office_en="Mayor")
    factories.cite(made, claim="term")
    publishing.refresh(person)
    newest = revisions_of(person).first()
    assert newest is not None
    row = newest.snapshot["parts"]["tenures"][0]
    assert row["columns"]["office_en"] == "Mayor"
    assert row["parts"]["citations"][0]["columns"]["claim"] == "term"


def test_an_office_saved_on_its_own_page_is_a_change_of_the_person(staff: Client, curator: Member) -> None:
    person = factories.person()
    office = Tenure.objects.create(person=person, office_en="Mayor")
    _save(staff, office, office_en="Vice-mayor")
    newest = revisions_of(person).first()
    assert newest is not None
    assert newest.made_by == curator
    assert newest.snapshot["parts"]["tenures"][0]["columns"]["office_en"] == "Vice-mayor"


def test_paragraphs_are_kept_as_they_are_numbered_after_saving(staff: Client) -> None:
    remark = factories.remark()
    remark.segments.create(position=7, text_en="A second thought.")
    _save(staff, remark)
    newest = revisions_of(remark).first()
    assert newest is not None
    assert [row["columns"]["position"] for row in newest.snapshot["parts"]["segments"]] == [1, 2]


# --- restoring ---------------------------------------------------------------------------------------


def test_restoring_brings_back_texts_parts_and_links_under_their_own_numbers() -> None:
    deal = factories.agreement()
    signer = deal.signatures.create(person=factories.person(), capacity_en="Mayor")
    cited = factories.cite(deal, claim="signed")
    publishing.refresh(deal)
    parties = set(deal.parties.all())
    number = revisions_of(deal).first().number  # type: ignore[union-attr]
    deal.signatures.all().delete()
    deal.citations.all().delete()
    deal.signatures.create(person=factories.person())
    deal.parties.clear()
    Agreement.objects.filter(pk=deal.pk).update(title_en="Spoilt", place_en="Nowhere")
    publishing.refresh(deal)
    _restore(deal, number)
    assert (deal.title_en, deal.place_en, set(deal.parties.all())) == (f"Agreement {deal.slug}", "", parties)
    assert [(row.pk, row.capacity_en) for row in deal.signatures.all()] == [(signer.pk, "Mayor")]
    assert [(row.pk, row.claim) for row in deal.citations.all()] == [(cited.pk, "signed")]


def test_rows_that_swapped_their_places_swap_back() -> None:
    person = factories.person(en="Liang Lingguang", zh="梁灵光")
    number = revisions_of(person).first().number  # type: ignore[union-attr]
    latin, chinese = (person.names.get(script=script) for script in ("Latn", "Hans"))
    PersonName.objects.filter(pk=latin.pk).update(is_variant=True)
    PersonName.objects.filter(pk=chinese.pk).update(script="Latn", family="Leung")
    PersonName.objects.filter(pk=latin.pk).update(script="Hans", is_variant=False)
    publishing.refresh(person)
    _restore(person, number)
    assert {row.pk: row.script for row in person.names.all()} == {latin.pk: "Latn", chinese.pk: "Hans"}
    assert person.title_zh_hans == "梁灵光"


def test_restoring_publishes_nothing_and_moves_nothing() -> None:
    page = _about(status=Status.PUBLISHED)
    publishing.withdraw(page)
    StandingPage.objects.filter(pk=page.pk).update(slug="about-us", body_en="New.")
    publishing.refresh(page)
    _restore(page, 1)
    assert (page.status, page.slug, page.body_en) == (Status.DRAFT, "about-us", "")


def test_restoring_lifts_no_embargo_and_lists_no_unlisted_event() -> None:
    remark = factories.remark(factories.past_event())
    publishing.refresh(remark)
    publishing.refresh(remark.event)
    Remark.objects.filter(pk=remark.pk).update(embargo_until="2099-01-01T00:00Z", title_en="Another")
    Event.objects.filter(pk=remark.event.pk).update(visibility="unlisted", title_en="Another")
    assert _restore(remark, 1).is_embargoed
    assert _restore(remark.event, 1).visibility == "unlisted"


def test_a_restored_page_is_a_revision_that_says_so(curator: Member) -> None:
    page = _about()
    StandingPage.objects.update(title_en="Another")
    publishing.refresh(page)
    _restore(page, 1, by=curator)
    newest = revisions_of(page).first()
    assert newest is not None
    assert (newest.act, newest.restores, newest.made_by) == (Revision.Act.RESTORED, 1, curator)


def test_what_is_gone_is_named_and_nothing_is_restored() -> None:
    picture = factories.picture(alt_en="The old bridge")
    city = factories.city(picture=picture)
    publishing.refresh(city)
    type(city).objects.filter(pk=city.pk).update(picture=None, summary_en="Without a picture")
    publishing.refresh(city)
    picture.delete()
    with pytest.raises(ValidationError, match="picture “The old bridge”"):
        _restore(city, 1)
    city.refresh_from_db()
    assert city.summary_en == "Without a picture"


def test_a_rule_that_would_be_broken_is_explained_and_nothing_is_restored() -> None:
    bond = factories.relationship()
    assert revisions_of(bond).count() == 1
    type(bond).objects.filter(pk=bond.pk).update(ended="1990", ended_first=726468, ended_last=726832)
    publishing.refresh(bond)
    factories.relationship(*bond.cities, slug="second")
    with pytest.raises(ValidationError, match="live relationship of this kind"):
        _restore(bond, 1)
    bond.refresh_from_db()
    assert str(bond.ended) == "1990"


def test_columns_of_another_time_do_no_harm() -> None:
    page = _about(summary_en="Kept")
    first = revisions_of(page).get()
    columns = {name: value for name, value in first.snapshot["columns"].items() if name != "summary_en"}
    first.snapshot = {**first.snapshot, "columns": {**columns, "hat_size": 7}, "parts": {"hats": []}}
    first.save()
    StandingPage.objects.update(title_en="Another")
    publishing.refresh(page)
    _restore(page, 1)
    assert (page.title_en, page.summary_en) == ("About us", "Kept")


def test_the_rsvp_rules_and_the_answers_stay(staff: Client) -> None:
    event = factories.reception(10)
    publishing.refresh(event)
    Event.objects.filter(pk=event.pk).update(title_en="Another", place_en="Elsewhere")
    factories.rsvp(event, 2)
    publishing.refresh(event)
    staff.post(reverse("admin:events_event_restore", args=[event.pk, 1]))
    event = Event.objects.get(pk=event.pk)
    assert (event.title_en, event.rsvp_policy.seats_committed) == (f"Reception {event.slug}", 2)
    assert event.place_en == "Elsewhere", "guests are told of another place, so only the form changes it"


def test_a_second_change_waits_its_turn_for_a_number() -> None:
    page = _about()
    with CaptureQueriesContext(connection) as asked:
        publishing.refresh(page)
    assert "FOR NO KEY UPDATE" in asked[0]["sql"] or "FOR NO KEY UPDATE" in asked[1]["sql"]


def test_the_first_state_is_kept_once() -> None:
    page = StandingPage.objects.create(slug="about", title_en="About us")
    record_first(page)
    record_first(page)
    assert revisions_of(page).count() == 1


# --- comparing ---------------------------------------------------------------------------------------


def test_words_that_went_and_came_are_marked_and_said() -> None:
    old, new = marked("Seven journeys to Guangzhou", "Eighty journeys to Guangzhou")
    assert old == '<del><span class="said" lang="en">removed: </span>Seven</del> journeys to Guangzhou'
    assert new == '<ins><span class="said" lang="en">added: </span>Eighty</ins> journeys to Guangzhou'


def test_chinese_is_compared_character_by_character() -> None:
    old, new = marked("广州市长致辞", "广州副市长致辞")
    assert old == "广州市长致辞"
    assert new == '广州<ins><span class="said" lang="en">added: </span>副</ins>市长致辞'


def test_what_is_compared_is_escaped() -> None:
    assert "<script>" not in "".join(marked("<script>", "<b>"))


def test_rows_are_told_as_added_removed_and_changed() -> None:
    page = _about()
    kept, gone = factories.cite(page, claim="a"), factories.cite(page, claim="b")
    publishing.refresh(page)
    gone.delete()
    type(kept).objects.filter(pk=kept.pk).update(locator="p. 12")
    factories.cite(page, claim="c")
    publishing.refresh(page)
    new, old = revisions_of(page)[:2]
    [(label, rows)] = compare(StandingPage, old.snapshot, new.snapshot).parts
    assert label == "Citations"
    assert [row.what for row in rows] == ["changed", "removed", "added"]
    assert [change.label for change in rows[0].changes] == ["Where in the source"]


def test_a_speech_of_a_thousand_paragraphs_is_compared_at_once() -> None:
    lines = [f"Paragraph {number} of a long speech, with words enough." for number in range(1000)]
    old, _new = marked("\n".join(lines), "\n".join([*lines[:500], "Another.", *lines[500:]]))
    assert "<del>" not in old


# --- in the admin ------------------------------------------------------------------------------------


def test_history_tells_who_changed_which_fields(staff: Client, curator: Member) -> None:
    page = _about()
    _save(staff, page, title_en="About the association", body_zh_hans="协会简介")
    html = staff.get(reverse("admin:pages_standingpage_history", args=[page.pk])).content.decode()
    assert curator.name in html
    assert "Title (English), Text (Chinese)" in html


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_history_compare_and_restore_open_in_both_languages(staff: Client, language: str) -> None:
    page = _about()
    _save(staff, page, title_en="About the association", title_zh_hans="协会")
    staff.cookies["django_language"] = language
    history = reverse("admin:pages_standingpage_history", args=[page.pk])
    compared = reverse("admin:pages_standingpage_compare", args=[page.pk]) + "?from=1&to=2"
    restore = reverse("admin:pages_standingpage_restore", args=[page.pk, 1])
    assert [staff.get(url).status_code for url in (history, compared, restore)] == [200, 200, 200]
    assert 'lang="zh-Hans"' in staff.get(compared).content.decode()


@pytest.mark.parametrize("query", ["", "?from=1&to=99", "?from=a&to=b", "?from=1_0&to=1", "?from=-1&to=1"])
def test_a_comparison_of_nothing_does_not_exist(staff: Client, query: str) -> None:
    page = _about()
    assert staff.get(reverse("admin:pages_standingpage_compare", args=[page.pk]) + query).status_code == 404


def test_restoring_asks_first_and_then_says_what_it_did(staff: Client) -> None:
    page = _about()
    _save(staff, page, title_en="Another")
    url = reverse("admin:pages_standingpage_restore", args=[page.pk, 1])
    asked = staff.get(url).content.decode()
    assert "These stay as they are: Address, Status, Publish at." in asked
    page.refresh_from_db()
    assert page.title_en == "Another"
    assert "The page is as it was in revision 1." in staff.post(url, follow=True).content.decode()


def test_an_agreement_is_not_restored_to_one_party_while_it_is_public(staff: Client) -> None:
    deal = factories.agreement()
    parties = list(deal.parties.all())
    deal.parties.set(parties[:1])
    publishing.refresh(deal)
    deal.parties.set(parties)
    publishing.refresh(deal)
    answer = staff.post(reverse("admin:relationships_agreement_restore", args=[deal.pk, 1]))
    assert (
        "Nothing was restored. A published agreement needs at least two parties." in answer.content.decode()
    )
    assert deal.parties.count() == 2


def test_history_costs_the_same_with_2_and_with_30_revisions(staff: Client) -> None:
    page, url = _about(), ""
    url = reverse("admin:pages_standingpage_history", args=[page.pk])

    def cost(revisions: int) -> int:
        while revisions_of(page).count() < revisions:
            StandingPage.objects.update(body_en=f"Text {revisions_of(page).count()}")
            publishing.refresh(page)
        staff.get(url)
        with CaptureQueriesContext(connection) as asked:
            staff.get(url)
        return len(asked)

    assert cost(2) == cost(30) == 7


def test_somebody_who_may_only_look_restores_nothing(client: Client) -> None:
    viewer = factories.member("viewer@example.org", is_staff=True)
    viewer.user_permissions.add(_permission("view_standingpage"))
    client.force_login(viewer)
    page = _about()
    assert client.get(reverse("admin:pages_standingpage_history", args=[page.pk])).status_code == 200
    assert client.post(reverse("admin:pages_standingpage_restore", args=[page.pk, 1])).status_code == 403


def test_who_did_what_shows_only_pages_of_kinds_one_may_read(client: Client) -> None:
    viewer = factories.member("viewer@example.org", is_staff=True)
    viewer.user_permissions.add(_permission("view_revision"), _permission("view_standingpage"))
    client.force_login(viewer)
    _about()
    publishing.refresh(factories.source())
    html = client.get(reverse("admin:pages_revision_changelist")).content.decode()
    assert "About us" in html
    assert "Report source" not in html


def test_who_did_what_is_read_only(staff: Client) -> None:
    _about()
    url = reverse("admin:pages_revision_change", args=[Revision.objects.get().pk])
    assert staff.post(url, {"title": "Never was"}).status_code == 403
    assert Revision.objects.get().title == "About us"


def _permission(codename: str) -> Any:
    return Permission.objects.get(codename=codename)


def test_a_person_restored_is_found_by_the_old_name_again() -> None:
    person = factories.person(en="Tom Bradley")
    person.names.update(family="Bradlee")
    publishing.refresh(person)
    _restore(person, 1)
    assert "Bradley" in Person.objects.get().search_text
