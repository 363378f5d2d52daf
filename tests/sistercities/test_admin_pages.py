"""What staff do with pages and their sources in the admin, and with mail that did not go out."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Member
from sistercities.mail.models import Message
from sistercities.pages.addresses import address_from, free_address
from sistercities.pages.language_tags import tidy_tag
from sistercities.pages.models import StandingPage, Status
from tests import factories
from tests.forms import sent

pytestmark = pytest.mark.django_db
LIST, ADD = "admin:pages_standingpage_changelist", "admin:pages_standingpage_add"


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _page(**fields: Any) -> StandingPage:
    return StandingPage.objects.create(**{"slug": "about", "title_en": "About us", **fields})


def _save(staff: Client, page: StandingPage, **changes: Any) -> Any:
    url = reverse("admin:pages_standingpage_change", args=[page.pk])
    return staff.post(url, sent(staff.get(url), **changes))


def _act(staff: Client, action: str, *pages: StandingPage, **answered: str) -> str:
    data = {"action": action, "_selected_action": [page.pk for page in pages], **answered}
    return staff.post(reverse(LIST), data, follow=True).content.decode()


def test_what_somebody_saved_meanwhile_is_not_written_over(staff: Client) -> None:
    page = _page()
    url = reverse("admin:pages_standingpage_change", args=[page.pk])
    old = sent(staff.get(url), title_en="From the older form")
    assert _save(staff, page, title_en="From the newer form").status_code == 302
    answer = staff.post(url, old, headers={"accept-language": "zh-hans"})
    assert "您打开此页之后，已有人改动过" in answer.content.decode()
    page.refresh_from_db()
    assert page.title_en == "From the newer form"


def test_a_page_is_saved_several_times_from_one_form_that_goes_on(staff: Client) -> None:
    page = _page()
    url = reverse("admin:pages_standingpage_change", args=[page.pk])
    shown = staff.get(url)
    for title in ("One", "Two"):
        shown = staff.post(url, sent(shown, title_en=title, _continue="1"), follow=True)
    page.refresh_from_db()
    assert page.title_en == "Two"


@pytest.mark.parametrize(
    ("titles", "address"),
    [
        (("About us", "关于"), "about-us"),
        (("", "庆祝会"), "qing-zhu-hui"),
        (("?", ""), ""),
        (("Los Angeles–Guangzhou", ""), "los-angeles-guangzhou"),
        (("a " * 90, ""), "a-" * 49 + "a"),
    ],
)
def test_address_follows_from_the_title(titles: tuple[str, str], address: str) -> None:
    assert address_from(*titles) == address


def test_a_taken_address_gets_the_next_free_number() -> None:
    for slug in ("about", "about-2", "about-us"):
        _page(slug=slug)
    assert free_address(StandingPage, "about") == "about-3"


def test_a_page_with_a_chinese_title_only_gets_an_address_in_pinyin(staff: Client) -> None:
    staff.post(reverse(ADD), sent(staff.get(reverse(ADD)), title_zh_hans="庆祝会"))
    assert StandingPage.objects.get().slug == "qing-zhu-hui"


def test_pages_are_published_and_withdrawn_from_the_list(staff: Client) -> None:
    page = _page()
    assert "1 page is published." in _act(staff, "publish", page, post="yes")
    page.refresh_from_db()
    assert page.is_public
    assert "1 page is a draft again." in _act(staff, "withdraw", page, post="yes")
    page.refresh_from_db()
    assert page.status == Status.DRAFT


def test_before_pages_are_published_each_is_named_with_what_is_wanting(staff: Client) -> None:
    good, bad = _page(), _page(slug="untitled", title_en="")
    asked = _act(staff, "publish", good, bad)
    assert "Publish these pages?" in asked
    assert "About us" in asked
    assert "Chinese is incomplete" in asked
    assert "A published page needs a title." in asked
    assert f'name="_selected_action" value="{good.pk}"' in asked
    assert f'name="_selected_action" value="{bad.pk}"' not in asked
    assert not StandingPage.objects.published().exists()


def test_a_page_without_a_title_is_not_published_and_says_why(staff: Client) -> None:
    good, bad = _page(), _page(slug="untitled", title_en="")
    told = _act(staff, "publish", good, bad, post="yes")
    assert "“untitled” stays as it is: A published page needs a title." in told
    assert StandingPage.objects.filter(status=Status.PUBLISHED).get() == good


@pytest.mark.parametrize(
    ("before", "action", "contrary"), [("draft", "publish", "withdraw"), ("published", "withdraw", "publish")]
)
def test_the_message_of_a_bulk_act_takes_it_back(
    staff: Client, before: str, action: str, contrary: str
) -> None:
    page, other = _page(status=before), _page(slug="other", status=before)
    told = _act(staff, action, page, post="yes")
    assert f'<input type="hidden" name="action" value="{contrary}">' in told
    assert f'<input type="hidden" name="_selected_action" value="{page.pk}">' in told
    assert f'name="_selected_action" value="{other.pk}">' not in told.split("</form>")[1]
    _act(staff, contrary, page, post="yes")
    page.refresh_from_db()
    assert page.status == before


def test_a_page_published_for_later_is_shown_as_scheduled(staff: Client) -> None:
    _page(status=Status.PUBLISHED, publish_at=timezone.now() + timedelta(days=1))
    assert "scheduled for" in staff.get(reverse(LIST)).content.decode()


def test_staff_read_a_draft_on_the_site_and_others_do_not(staff: Client) -> None:
    page = factories.city(status=Status.DRAFT)
    form = staff.get(reverse("admin:relationships_city_change", args=[page.pk]))
    addresses = [address["url"] for address in form.context["public_addresses"]]
    assert addresses == ["/en/cities/guangzhou/", "/zh-hans/cities/guangzhou/"]
    assert [staff.get(address).status_code for address in addresses] == [200, 200]
    assert Client().get(addresses[0]).status_code == 404


def test_a_page_says_who_changed_it_last(staff: Client, curator: Member) -> None:
    page = _page()
    _save(staff, page, title_en="About the association")
    form = staff.get(reverse("admin:pages_standingpage_change", args=[page.pk])).content.decode()
    assert f"by {curator.name}" in form


def test_a_mark_for_a_source_that_is_not_cited_is_warned_of(staff: Client) -> None:
    page, source = _page(), factories.source("report")
    factories.cite(page, source)
    answer = _save(staff, page, body_en="A fact.[^report] Another.[^unheard-of]")
    told = staff.get(answer.headers["Location"]).content.decode()
    assert "unheard-of" in told
    assert "report," not in told


def test_a_source_cited_twice_for_a_claim_is_refused_at_its_field(staff: Client) -> None:
    page, source = _page(), factories.source()
    prefix = "pages-citation-content_type-object_id"
    rows = {
        f"{prefix}-{row}-{name}": value
        for row in "01"
        for name, value in {"source": str(source.pk), "claim": "a"}.items()
    }
    stances = {f"{prefix}-{row}-stance": "supports" for row in "01"} | {
        f"{prefix}-{row}-position": "0" for row in "01"
    }
    answer = _save(staff, page, **{f"{prefix}-TOTAL_FORMS": "2"}, **rows, **stances)
    formset = answer.context["inline_admin_formsets"][0].formset
    assert "source" in formset.errors[1]


def test_a_source_on_which_pages_rest_cannot_be_deleted_and_says_why(staff: Client) -> None:
    source = factories.source()
    factories.cite(_page(), source)
    answer = staff.post(reverse("admin:pages_source_delete", args=[source.pk]), {"post": "yes"})
    assert "other things rest on it" in answer.content.decode()


def test_mail_that_was_given_up_is_sent_again(staff: Client) -> None:
    given_up = Message.objects.create(
        key="1", kind="k", to_email="a@example.org", failed_at=timezone.now(), error="no such host"
    )
    sent_one = Message.objects.create(key="2", kind="k", to_email="b@example.org", sent_at=timezone.now())
    data = {"action": "try_again", "_selected_action": [given_up.pk, sent_one.pk]}
    answer = staff.post(reverse("admin:mail_message_changelist"), data, follow=True)
    assert "1 mail goes out again." in answer.content.decode()
    assert list(Message.objects.due()) == [given_up]


def test_times_in_the_admin_are_on_the_clock_of_whoever_is_signed_in(staff: Client, curator: Member) -> None:
    page = _page(publish_at="2026-07-01T00:00Z")
    Member.objects.filter(pk=curator.pk).update(timezone="Asia/Shanghai")
    _save(staff, page, publish_at_0="2026-07-02", publish_at_1="09:00")
    page.refresh_from_db()
    assert page.publish_at.isoformat() == "2026-07-02T01:00:00+00:00"


@pytest.mark.parametrize(("typed", "kept"), [("EN", "en"), ("zh_hans", "zh-Hans"), ("", "")])
def test_a_language_tag_is_tidied(typed: str, kept: str) -> None:
    assert tidy_tag(typed) == kept


def test_the_name_of_a_language_is_no_tag() -> None:
    with pytest.raises(ValidationError, match="This is no language tag"):
        tidy_tag("English")


def test_who_publishes_for_later_is_told_that_nobody_sees_it_yet(staff: Client) -> None:
    page = _page()
    url = reverse("admin:pages_standingpage_change", args=[page.pk])
    later = {"status": "published", "publish_at_0": "2199-01-01", "publish_at_1": "08:00"}
    answer = staff.post(url, sent(staff.get(url), **later), follow=True)
    assert "Readers do not see it yet: scheduled for" in answer.content.decode()


def test_what_the_form_carries_by_itself_is_not_noted_as_changed(staff: Client) -> None:
    assert _save(staff, _page(), title_en="About the association").status_code == 302
    assert "opened_as" not in LogEntry.objects.get().change_message
