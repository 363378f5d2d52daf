"""What staff are asked to look at again in an agreement, and what is left alone."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from people.models import Member
from relationships.doubts import doubted, doubts_of, ready_for_doubt
from relationships.models import Agreement, Organisation, Signature
from sistercities.pages.dates import parse
from tests import factories
from tests.forms import sent

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
LIST = "admin:relationships_agreement_changelist"


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _words(agreement: Agreement) -> list[str]:
    found = ready_for_doubt(Agreement.objects.filter(pk=agreement.pk)).get()
    return [doubt.words for doubt in doubts_of(found, TODAY)]


def _sound(**fields: Any) -> Agreement:
    """An agreement about which there is nothing to doubt: sourced, signed for each of its cities."""
    made = factories.agreement(**fields)
    for city in made.parties.all():
        made.signatures.create(person=factories.person(f"{made.slug}-{city.slug}"), party=city)
    factories.cite(made)
    return made


def _held(agreement: Agreement, **dates: Any) -> None:
    signature: Signature = agreement.signatures.first()
    signature.capacity_en = "Mayor of Guangzhou"
    signature.save()
    values = {name: parse(date) if name != "attested" else date for name, date in dates.items()}
    signature.person.tenures.create(office_en="Mayor", office_zh_hans="市长", city=signature.party, **values)


def test_sound_agreement_raises_no_doubt() -> None:
    assert _words(_sound()) == []


@pytest.mark.parametrize(
    ("dates", "is_doubted"),
    [
        ({"began": "1979", "ended": "1983"}, False),
        ({"began": "1981-12", "ended": "1983"}, False),
        ({"began": "1982", "ended": "1983"}, True),
        ({"began": "1979", "ended": "1981-12-07"}, True),
        ({"began": "1982"}, True),
        ({"ended": "1980"}, True),
        ({"began": "1979"}, False),
        ({"ended": "1990"}, False),
        ({"began": "before 1985", "ended": "1990"}, False),
        ({"began": "about 1981"}, False),
        ({}, False),
        ({"attested": "1980, 1983"}, False),
        ({"attested": "2014, 2021"}, True),
        ({"began": "1982", "attested": "1981"}, False),
    ],
)
def test_office_is_doubted_only_where_its_dates_rule_the_day_out(
    dates: dict[str, str], is_doubted: bool
) -> None:
    made = _sound(signed=parse("1981-12-08"))
    _held(made, **dates)
    assert len(_words(made)) == is_doubted


def test_doubt_about_an_office_says_what_is_on_record() -> None:
    made = _sound()
    _held(made, began="1983", ended="1985")
    (words,) = _words(made)
    assert "signed as Mayor of Guangzhou on 8 December 1981" in words
    assert "Mayor, 1983 – 1985" in words
    with translation.override("zh-hans"):
        assert "1981年12月8日" in _words(made)[0]


def test_second_term_and_the_named_office_count() -> None:
    made = _sound()
    _held(made, began="1970", ended="1975")
    _held(made, began="1981", ended="1985")
    assert _words(made) == []
    person = made.signatures.first().person
    person.tenures.create(office_en="Treasurer", city=made.signatures.first().party, began=parse("1990"))
    assert _words(made) == []


def test_office_elsewhere_says_nothing_of_the_city_signed_for() -> None:
    made = _sound()
    signature = made.signatures.first()
    there = factories.city("foshan", "Foshan", "佛山")
    signature.person.tenures.create(office_en="Mayor", city=there, began=parse("1990"))
    assert _words(made) == []
    council = Organisation.objects.create(slug="council", name_en="Council", city=signature.party)
    signature.person.tenures.create(office_en="Secretary", organisation=council, began=parse("1990"))
    assert len(_words(made)) == 1


def test_party_without_a_signature_is_named() -> None:
    made = _sound()
    made.signatures.last().delete()
    (words,) = _words(made)
    assert "is a party, but nobody has signed for it" in words
    made.signatures.all().delete()
    assert _words(made) == ["No signature is on record."]


def test_signature_for_a_city_that_is_no_party_is_named() -> None:
    made = _sound()
    made.signatures.create(person=factories.person("x"), party=factories.city("foshan", "Foshan", "佛山"))
    assert "for Foshan, which is not a party" in " ".join(_words(made))


def test_renewal_by_others_or_before_its_time_is_doubted() -> None:
    first = _sound(slug="first", signed=parse("1990"))
    renewal = _sound(bond=first.relationship, slug="second", renews=first, signed=parse("1989"))
    assert _words(renewal) == ["It was signed before “Agreement first”, which it renews."]
    renewal.parties.add(foshan := factories.city("foshan", "Foshan", "佛山"))
    renewal.parties.remove(renewal.parties.exclude(pk=foshan.pk).first())
    words = " ".join(_words(renewal))
    assert "Foshan: no party of “Agreement first”" in words
    assert "a party of “Agreement first”, which this renews, but not of this" in words


def test_expired_agreement_is_doubted_until_its_renewal_is_public() -> None:
    made = _sound(expires=parse("2017-11-16"))
    assert _words(made) == ["It expired (16 November 2017), and no renewal is on record."]
    renewal = factories.agreement(made.relationship, renews=made, status="draft")
    assert len(_words(made)) == 1
    Agreement.objects.filter(pk=renewal.pk).update(status="published")
    assert _words(made) == []


def test_published_agreement_without_a_source_is_doubted() -> None:
    made = _sound()
    made.citations.all().delete()
    assert _words(made) == ["It is published without a source."]
    Agreement.objects.filter(pk=made.pk).update(status="draft")
    assert _words(made) == []


# --- where staff meet them -----------------------------------------------------------------------------------


def test_doubts_are_told_on_saving_and_stand_on_the_form_without_keeping_anybody(staff: Client) -> None:
    made = _sound(slug="accord")
    made.signatures.last().delete()
    url = reverse("admin:relationships_agreement_change", args=[made.pk])
    shown = staff.get(url)
    assert "nobody has signed for it" in shown.content.decode()
    told = staff.post(url, sent(shown, term_en="Three years"), follow=True)
    assert Agreement.objects.get().term_en == "Three years"
    (message,) = [str(each) for each in told.context["messages"] if each.level_tag == "warning"]
    assert "nobody has signed for it" in message
    assert (
        reverse("admin:relationships_city_change", args=[made.parties.last().pk]) in message
        or "<a" in message
    )


def test_list_can_be_narrowed_to_what_is_doubted(staff: Client) -> None:
    sound = _sound(slug="sound")
    doubtful = factories.agreement(sound.relationship, "doubtful")

    def found(which: str) -> list[Agreement]:
        return list(staff.get(reverse(LIST), {"doubts": which}).context["cl"].result_list)

    assert found("some") == [doubtful]
    assert found("none") == [sound]


@pytest.mark.parametrize("number", [1, 30])
def test_looking_for_doubts_costs_the_same_with_many_agreements(
    django_assert_num_queries: Any, number: int
) -> None:
    bond = factories.relationship()
    for each in range(number):
        made = _sound(bond=bond, slug=f"accord-{each}")
        _held(made, began="1990")
    with django_assert_num_queries(5):
        assert len(doubted(Agreement.objects.all(), TODAY)) == number
