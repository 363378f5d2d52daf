"""What staff do with members and persons in the admin."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from people.models import Member, Person
from tests import factories
from tests.forms import sent

pytestmark = pytest.mark.django_db
ADD, MEMBERS_ADD = "admin:people_person_add", "admin:people_member_add"


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _add_person(staff: Client, *names: dict[str, str], **changes: str) -> Any:
    url = reverse(ADD)
    data = sent(staff.get(url), **{"names-TOTAL_FORMS": str(len(names)), "status": "published", **changes})
    for number, name in enumerate(names):
        data |= {f"names-{number}-{field}": value for field, value in name.items()}
    return staff.post(url, data)


LIANG_LATIN = {"script": "Latn", "family": "Liang", "given": "Lingguang", "family_first": "on"}
LIANG_HAN = {
    "script": "Hans",
    "family": "梁",
    "given": "灵光",
    "family_first": "on",
    "romanisation": "Liáng Língguāng",
}


def test_a_person_gets_title_and_address_from_the_names(staff: Client) -> None:
    assert _add_person(staff, LIANG_LATIN, LIANG_HAN).status_code == 302
    person = Person.objects.get()
    assert (person.title_en, person.title_zh_hans, person.slug) == (
        "Liang Lingguang",
        "梁灵光",
        "liang-lingguang",
    )
    assert "lianglingguang" in person.search_text


def test_a_person_with_a_chinese_name_only_gets_an_address_in_pinyin(staff: Client) -> None:
    _add_person(staff, LIANG_HAN)
    assert Person.objects.get().slug == "liang-ling-guang"


def test_a_second_person_of_the_same_name_gets_a_number(staff: Client) -> None:
    _add_person(staff, LIANG_LATIN)
    _add_person(staff, LIANG_LATIN)
    assert sorted(Person.objects.values_list("slug", flat=True)) == ["liang-lingguang", "liang-lingguang-2"]


def test_a_person_needs_a_name(staff: Client) -> None:
    assert _add_person(staff).status_code == 200
    assert not Person.objects.exists()


def test_two_chief_names_in_one_script_are_refused(staff: Client) -> None:
    answer = _add_person(staff, LIANG_LATIN, LIANG_LATIN)
    assert "One chief name in each script" in answer.content.decode()


def test_a_new_member_has_no_password(staff: Client) -> None:
    staff.post(reverse(MEMBERS_ADD), {"email": "new@example.org", "name": "New", "language": "zh-hans"})
    assert not Member.objects.get(email="new@example.org").has_usable_password()


def test_an_address_is_given_to_one_member_only(staff: Client, member: Member) -> None:
    answer = staff.post(reverse(MEMBERS_ADD), {"email": member.email.upper(), "language": "en"})
    assert "already" in answer.content.decode()


def test_a_changed_address_closes_the_old_one(staff: Client, member: Member) -> None:
    EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=True)
    url = reverse("admin:people_member_change", args=[member.pk])
    data = sent(staff.get(url), email="moved@example.org")
    assert staff.post(url, data).status_code == 302
    assert not EmailAddress.objects.exists()


def test_offices_are_held_on_the_page_of_a_person(staff: Client) -> None:
    person = factories.person()
    person.tenures.create(office_en="Mayor of Los Angeles", city=factories.city())
    page = staff.get(reverse("admin:people_person_change", args=[person.pk])).content.decode()
    assert "Mayor of Los Angeles" in page


def _warnings(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\u200d", "\u2066", "\n"])
def test_a_name_with_hidden_characters_is_refused(staff: Client, hidden: str) -> None:
    answer = _add_person(staff, {**LIANG_LATIN, "family": f"Li{hidden}ang"})
    assert answer.status_code == 200
    assert not Person.objects.exists()


def test_a_reading_that_lacks_a_syllable_or_its_tones_is_doubted_but_kept(staff: Client) -> None:
    answer = _add_person(staff, {**LIANG_HAN, "romanisation": "Ling"})
    assert Person.objects.get().romanisation == "Ling"
    assert len([words for words in _warnings(answer) if "“Ling”" in words]) == 2


def test_private_matters_of_the_living_are_warned_of_and_of_the_dead_not(staff: Client) -> None:
    text = {"body_en": "Call (213) 555-0123 or write to her at 12 Hill Street."}
    living = _warnings(_add_person(staff, LIANG_LATIN, **text))
    assert [what for what in ("telephone", "an address") if any(what in words for words in living)] == [
        "telephone",
        "an address",
    ]
    dead = _warnings(_add_person(staff, LIANG_LATIN, died="2006-02-25", **text))
    assert not any("telephone" in words for words in dead)


def test_two_holders_of_one_office_at_the_same_time_are_warned_of_and_listed(staff: Client) -> None:
    city = factories.city()
    people = [factories.person(en=name) for name in ("Tom Bradley", "Ann Other", "Len Brown")]
    terms = [("1973", "1993"), ("1990", "1995"), ("1995", "2001")]
    for person, (began, ended) in zip(people, terms, strict=True):
        person.tenures.create(office_en="Mayor", city=city, began=began, ended=ended)
    url = reverse("admin:people_person_change", args=[people[0].pk])
    answer = staff.post(url, sent(staff.get(url)))
    assert any("Ann Other" in words and "same time" in words for words in _warnings(answer))
    page = staff.get(reverse("admin:relationships_tenure_changelist"), {"contradicting": "yes"})
    assert {tenure.person for tenure in page.context["cl"].queryset} == set(people[:2])


def test_what_somebody_founded_is_entered_with_its_sources(staff: Client) -> None:
    person, source = factories.person(), factories.source()
    url = reverse("admin:relationships_organisation_add")
    page = staff.get(url)
    prefix = page.context["inline_admin_formsets"][0].formset.prefix
    data = sent(page, name_en="Committee", slug="committee", kind="association", founded="about 1981")
    data |= {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-0-source": str(source.pk)}
    data |= {f"{prefix}-0-stance": "supports", f"{prefix}-0-position": "0", "founders": [str(person.pk)]}
    assert staff.post(url, data).status_code == 302
    body = person.founded.get()
    assert (str(body.founded), body.citations.count()) == ("1981~", 1)


def _told(answer: Any) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def test_a_chinese_name_without_its_tick_is_asked_about_and_a_foreign_one_is_not(staff: Client) -> None:
    turned = {name: value for name, value in LIANG_HAN.items() if name != "family_first"}
    assert "灵光·梁" in _told(_add_person(staff, LIANG_LATIN, turned))
    foreign = {"script": "Hans", "family": "布拉德利", "given": "汤姆"}
    assert "family name first" not in _told(_add_person(staff, foreign))


def test_what_cannot_be_is_said_beside_the_date_and_nothing_is_lost(staff: Client) -> None:
    answer = _add_person(staff, LIANG_LATIN, born="1950", died="1940-02")
    form = answer.context["adminform"].form
    assert form.errors["died"] == ["Nobody dies before being born."]
    assert form["born"].value() == "1950"
    assert not form.non_field_errors()


def test_person_whose_address_and_names_are_emptied_is_shown_again_with_the_errors(
    client: Client, curator: Member
) -> None:
    client.force_login(curator)
    person = factories.person()
    answer = client.post(reverse("admin:people_person_change", args=[person.pk]), {})
    assert answer.status_code == 200
    assert "errornote" in answer.content.decode()
