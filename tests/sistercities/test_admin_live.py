"""The form of a page: its head tells where the page stands, and beside it stands how readers would see it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Event, Rsvp
from people.models import Member, Person, RoleGrant, RoleName
from sistercities.mail.models import Message
from sistercities.pages import publishing
from sistercities.pages.models import Revision, StandingPage, Status
from tests import factories
from tests.forms import sent

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _address(page: Any, what: str, *, new: bool = False) -> str:
    name = f"admin:{page._meta.app_label}_{page._meta.model_name}_{what}"
    return reverse(name) if new else reverse(name, args=[page.pk])


def _look(staff: Client, page: Any, **changes: Any) -> Any:
    data = sent(staff.get(_address(page, "change")), **changes)
    return staff.post(_address(page, "preview"), data, headers=JSON)


def _about(**fields: Any) -> StandingPage:
    return StandingPage.objects.create(**{"slug": "about", "title_en": "About us", **fields})


# --- the preview ------------------------------------------------------------------------------------------


def test_what_is_typed_is_seen_in_both_languages_and_nothing_is_saved(staff: Client) -> None:
    page = _about(title_zh_hans="关于我们")
    answer = _look(staff, page, body_en="We were **just** founded.", body_zh_hans="本会刚刚成立。")
    pages = answer.json()["pages"]
    assert "We were <strong>just</strong> founded." in pages["en"]
    assert "本会刚刚成立。" in pages["zh-Hans"]
    assert 'lang="zh-Hans"' in pages["zh-Hans"]
    page.refresh_from_db()
    assert (page.body_en, page.body_zh_hans) == ("", "")
    assert not Revision.objects.exists()


MAKERS = {
    "source": factories.source,
    "person": factories.person,
    "city": factories.city,
    "relationship": factories.relationship,
    "agreement": factories.agreement,
    "event": factories.reception,
    "record": factories.past_event,
    "remark": factories.remark,
    "story": factories.story,
}


ALIKE = {"source", "city", "record", "story"}
KINDS = [pytest.param(kind, marks=pytest.mark.thorough) if kind in ALIKE else kind for kind in MAKERS]


@pytest.mark.parametrize("kind", KINDS)
def test_pages_of_each_kind_are_seen_before_they_are_saved(staff: Client, kind: str) -> None:
    page = MAKERS[kind]()  # type: ignore[operator]  # factories, each with arguments of its own
    publishing.refresh(page)
    answer = _look(staff, page, summary_en="A new summary.", status="draft")
    found = answer.json()
    assert (answer.status_code, found["faults"]) == (200, [])
    assert set(found["pages"]) == {"en", "zh-Hans"}
    assert all("<main" in html for html in found["pages"].values())


def test_a_page_that_was_never_saved_is_seen_too(staff: Client) -> None:
    new = Person()
    shown = staff.get(_address(new, "add", new=True))
    names = {"names-0-script": "Latn", "names-0-family": "Bradley", "names-0-given": "Tom"}
    answer = staff.post(_address(new, "preview_new", new=True), sent(shown, **names), headers=JSON)
    assert "Tom Bradley" in answer.json()["pages"]["en"]
    assert not Person.objects.exists()


def test_what_is_wrong_with_a_form_is_named_by_its_fields(staff: Client) -> None:
    answer = _look(staff, _about(), title_en="", status="published")
    assert answer.status_code == 422
    assert answer.json()["faults"] == ["Title (English): A published page needs a title."]
    assert not answer.json()["pages"]


def test_looking_at_a_moved_event_tells_no_guest(staff: Client) -> None:
    event = factories.reception()
    factories.rsvp(event, 2)
    mails, later = Message.objects.count(), event.starts_at + timedelta(days=9)
    answer = _look(staff, event, starts_at_0=f"{later:%Y-%m-%d}", ends_at_0=f"{later:%Y-%m-%d}")
    assert answer.json()["warnings"] == ["1 party is told of the change."]
    assert Message.objects.count() == mails
    assert Event.objects.get().starts_at == event.starts_at
    assert Rsvp.objects.get().seats_confirmed == 2


def test_a_preview_is_kept_for_no_reader(staff: Client) -> None:
    page = _about(status=Status.PUBLISHED)
    answer = _look(staff, page, body_en="Not yet true.")
    assert "Not yet true." in answer.json()["pages"]["en"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert not any("Not yet true." in str(kept) for kept in caches["pages"]._cache.values())
    assert "Not yet true." not in Client().get(page.get_absolute_url()).content.decode()


def test_the_preview_runs_no_script_and_its_links_leave_the_frame(staff: Client) -> None:
    html = _look(staff, factories.cite(_about(), factories.source("report")).subject, body_en="A.[^report]")
    english = html.json()["pages"]["en"]
    assert "<script" not in english
    assert '<base target="_blank">' in english
    assert 'target="_self" href="about:srcdoc#source-1"' in english


def test_what_saving_will_warn_of_is_told_while_one_writes(staff: Client) -> None:
    warnings = _look(staff, _about(), body_en="A fact.[^unheard-of]").json()["warnings"]
    assert len(warnings) == 1
    assert "unheard-of" in warnings[0]
    # It was said beside the form, and waits for nobody as a message.
    assert "unheard-of" not in staff.get("/admin/").content.decode()


def test_to_look_is_no_contest_with_whoever_saved_meanwhile(staff: Client) -> None:
    page = _about()
    data = sent(staff.get(_address(page, "change")), body_en="Mine.")
    staff.post(_address(page, "change"), sent(staff.get(_address(page, "change")), title_en="Theirs"))
    answer = staff.post(_address(page, "preview"), data, headers=JSON)
    assert answer.json()["faults"] == []
    assert "Mine." in answer.json()["pages"]["en"]


def test_without_a_script_the_preview_is_a_page_of_its_own(staff: Client) -> None:
    page = _about()
    data = sent(staff.get(_address(page, "change")), title_en="Tried title")
    html = staff.post(_address(page, "preview"), data).content.decode()
    assert "Nothing was saved" in html
    assert "Tried title" in html
    assert 'sandbox="allow-same-origin' in html
    bad = staff.post(_address(page, "preview"), {**data, "title_en": "", "status": "published"})
    assert bad.status_code == 422
    assert "A published page needs a title." in bad.content.decode()


def test_a_preview_is_asked_for_by_post_and_by_staff_only(client: Client, member: Member) -> None:
    page = _about()
    client.force_login(member)
    assert client.post(_address(page, "preview"), {}).status_code == 302
    client.force_login(Member.objects.create_superuser("chief@example.org"))
    assert client.get(_address(page, "preview")).status_code == 405
    assert client.post(reverse("admin:pages_standingpage_preview", args=[987654]), {}).status_code == 404


def _somebody(role: RoleName) -> Client:
    made = factories.member(f"{role}@example.org", is_staff=True)
    RoleGrant.objects.create(member=made, role=role)
    client = Client()
    client.force_login(made)
    return client


def test_a_translator_sees_the_translation_and_changes_nothing_else(db: None) -> None:
    page = _about(body_en="Founded.")
    translator = _somebody(RoleName.TRANSLATOR)
    pages = _look(translator, page, body_zh_hans="成立。", status="published").json()["pages"]
    assert "成立。" in pages["zh-Hans"]
    assert "草稿" in pages["zh-Hans"], "whether it is public is not theirs to say"


def test_who_only_reads_is_offered_no_preview_of_what_they_cannot_type(db: None) -> None:
    page, reader = _about(), _somebody(RoleName.READER)
    assert reader.get(_address(page, "change")).context["live_url"] == ""
    assert reader.post(_address(page, "preview"), {}).status_code == 403
    assert reader.get(_address(page, "as_visitor")).status_code == 200


# --- as a visitor sees it ---------------------------------------------------------------------------------


def test_staff_see_a_page_as_visitors_do_and_whether_they_do(staff: Client) -> None:
    bond = factories.relationship()
    factories.agreement(bond, title_en="Hidden agreement", status=Status.DRAFT)
    html = staff.get(_address(bond, "as_visitor")).content.decode()
    assert html.count("<iframe") == 2
    assert "Hidden agreement" not in html
    hidden = _about(status=Status.DRAFT)
    html = staff.get(_address(hidden, "as_visitor")).content.decode()
    assert "Readers do not see it: draft." in html
    assert "<iframe" not in html


# --- the head of the form ---------------------------------------------------------------------------------


def _head(staff: Client, page: Any) -> Any:
    return staff.get(_address(page, "change")).context["panel"]


def test_the_head_says_when_a_page_goes_live(staff: Client) -> None:
    soon = timezone.now() + timedelta(days=3, hours=1)
    panel = _head(staff, _about(status=Status.PUBLISHED, publish_at=soon))
    assert "goes live in 3\xa0days" in panel.state
    assert "draft" in _head(staff, _about(slug="later")).state


def test_a_page_that_was_taken_off_the_site_is_called_withdrawn(staff: Client) -> None:
    page = _about()
    publishing.publish(page)
    assert "everybody can read it, since" in _head(staff, page).state_note
    publishing.withdraw(page)
    assert "withdrawn" in _head(staff, page).state


def test_the_head_says_of_each_language_what_is_wanting_and_what_is_older(staff: Client) -> None:
    page = _about(title_zh_hans="关于", body_en="Founded.")
    publishing.refresh(page)
    english, chinese = _head(staff, page).sides
    assert ("complete" in english.state, chinese.note) == (True, "wanting: text")
    StandingPage.objects.filter(pk=page.pk).update(body_zh_hans="成立。")
    publishing.refresh(page)
    StandingPage.objects.filter(pk=page.pk).update(body_en="Founded in 1981.")
    publishing.refresh(page)
    assert _head(staff, page).sides[1].note == "changed in another language since: text"


def test_the_head_counts_sources_and_names_what_has_none(staff: Client) -> None:
    city = factories.city(flower_en="kapok", summary_en="A port.", status=Status.DRAFT)
    assert _head(staff, city).unsourced == "Flower, Summary"
    factories.cite(city, claim="flower")
    panel = _head(staff, city)
    assert (panel.sources, panel.unsourced) == (1, "Summary")


def test_a_form_that_is_shown_again_tells_in_its_head_what_is_kept(staff: Client) -> None:
    page = _about()
    data = sent(staff.get(_address(page, "change")), title_en="", status="published")
    assert "draft" in staff.post(_address(page, "change"), data).context["panel"].state


# --- citing -----------------------------------------------------------------------------------------------


def test_each_source_shows_the_mark_that_stands_for_it(staff: Client) -> None:
    page, source = _about(), factories.source("report")
    factories.cite(page, source)
    html = staff.get(_address(page, "change")).content.decode()
    assert 'data-cite="[^report]"' in html
    assert 'id="citations"' in html
    assert staff.get(_address(source, "mark")).json() == {"mark": "[^report]"}
    assert staff.get(reverse("admin:pages_source_mark", args=[987654])).status_code == 404
