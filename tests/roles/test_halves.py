"""Some write, some translate, some publish: what each may not do is refused, also where a form is forged."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Event
from people.models import Person, RoleName
from tests import factories
from tests.forms import sent
from tests.roles.world import somebody

pytestmark = pytest.mark.django_db


def _as(client: Client, role: RoleName) -> Client:
    client.force_login(somebody(role))
    return client


def _change(page: Any) -> str:
    return reverse(f"admin:{page._meta.app_label}_{page._meta.model_name}_change", args=[page.pk])


def _send(client: Client, page: Any, **values: str) -> Any:
    form = sent(client.get(_change(page)))
    return client.post(_change(page), {**form, **values})


def test_a_translator_changes_texts_and_nothing_else(client: Client) -> None:
    city = factories.city(status="draft")
    _send(
        _as(client, RoleName.TRANSLATOR),
        city,
        title_zh_hans="羊城",
        slug="elsewhere",
        timezone="Europe/Paris",
    )
    city.refresh_from_db()
    assert city.title_zh_hans == "羊城"
    assert (city.slug, city.timezone, city.status) == ("guangzhou", "Asia/Shanghai", "draft")


def test_a_translator_who_empties_both_titles_of_a_public_page_is_told_so(client: Client) -> None:
    city = factories.city()
    answer = _send(_as(client, RoleName.TRANSLATOR), city, title_en="", title_zh_hans="")
    assert "A published page needs a title." in answer.content.decode()


def test_a_translator_cannot_publish_by_form_or_by_selection(client: Client) -> None:
    city = factories.city(status="draft")
    _send(_as(client, RoleName.TRANSLATOR), city, status="published")
    chosen = {"action": "publish", "_selected_action": [city.pk]}
    client.post(reverse("admin:relationships_city_changelist"), chosen)
    city.refresh_from_db()
    assert city.status == "draft"


def test_a_translator_translates_the_parts_of_a_page_and_adds_or_removes_none(client: Client) -> None:
    event = factories.event()
    item = event.programme.create(title_en="Toast")
    form = sent(_as(client, RoleName.TRANSLATOR).get(_change(event)))
    row = next(
        name.removesuffix("-id")
        for name, value in form.items()
        if name.endswith("-0-id") and value == str(item.pk)
    )
    told = {f"{row}-title_zh_hans": "祝酒", f"{row}-position": "9", f"{row}-DELETE": "on"}
    prefix = row.rpartition("-")[0]
    more = {f"{prefix}-TOTAL_FORMS": "2", f"{prefix}-1-title_en": "Forged", f"{prefix}-1-position": "1"}
    client.post(_change(event), {**form, **told, **more})
    kept = event.programme.get()
    assert (kept.title_zh_hans, kept.title_en, kept.position) == ("祝酒", "Toast", item.position)


def test_a_curator_writes_and_does_not_publish(client: Client) -> None:
    city = factories.city(status="draft")
    _send(_as(client, RoleName.CURATOR), city, summary_en="A new summary.", status="published")
    chosen = {"action": "publish", "_selected_action": [city.pk]}
    client.post(reverse("admin:relationships_city_changelist"), chosen)
    city.refresh_from_db()
    assert (city.summary_en, city.status) == ("A new summary.", "draft")


def test_a_curator_deletes_a_draft_and_no_published_page(client: Client) -> None:
    draft, public = factories.person(status="draft"), factories.person()
    _as(client, RoleName.CURATOR)
    for page in (draft, public):
        client.post(reverse("admin:people_person_delete", args=[page.pk]), {"post": "yes"})
    client.post(
        reverse("admin:people_person_changelist"),
        {"action": "delete_selected", "_selected_action": [public.pk], "post": "yes"},
    )
    assert list(Person.objects.all()) == [public]


def test_a_publisher_publishes(client: Client) -> None:
    city = factories.city(status="draft")
    _send(_as(client, RoleName.PUBLISHER), city, status="published")
    city.refresh_from_db()
    assert city.status == "published"


def test_a_publisher_does_not_move_an_event_that_guests_come_to(client: Client) -> None:
    event = factories.reception()
    factories.rsvp(event)
    answer = _send(
        _as(client, RoleName.PUBLISHER),
        event,
        starts_at_0="2030-01-01",
        state="cancelled",
        dress_code_en="Formal",
    )
    assert answer.status_code == 302
    now = Event.objects.get()
    assert (now.starts_at, now.state, now.dress_code_en) == (event.starts_at, "on", "Formal")


def test_nobody_below_administrator_raises_anyones_rights(client: Client) -> None:
    somebody(RoleName.ADMINISTRATOR)
    plain = factories.member("plain@example.org", name="Plain")
    forged = {
        "is_staff": "on",
        "is_superuser": "on",
        "grants-0-role": "administrator",
        "grants-TOTAL_FORMS": "1",
    }
    for role in RoleName:
        if role == RoleName.ADMINISTRATOR:
            continue
        own = somebody(role)
        client.force_login(own)
        for target in (plain, own):
            address = reverse("admin:people_member_change", args=[target.pk])
            page = client.get(address)
            client.post(address, {**(sent(page) if page.status_code == 200 else {}), **forged})
            target.refresh_from_db()
            assert not target.is_superuser
            assert list(target.grants.values_list("role", flat=True)) == (
                [str(role)] if target == own else []
            )
        plain.refresh_from_db()
        assert not plain.is_staff
