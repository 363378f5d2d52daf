"""The admin as a whole: every list and form opens for curators only, at the same cost however much there is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Event, GuestTag, Invitation, ProgrammeItem, Question, Remark, Rsvp, Series, Venue
from people.models import Member, Person
from relationships.models import (
    Agreement,
    City,
    Directory,
    Milestone,
    Organisation,
    Relationship,
    Sector,
    Signature,
    Suspension,
    Tally,
    Tenure,
)
from sistercities.mail.models import Message
from sistercities.pages import publishing
from sistercities.pages.dates import parse
from sistercities.pages.models import Correction, Document, Picture, Revision, Source, StandingPage
from tests import factories

pytestmark = pytest.mark.django_db

LANGUAGES = ["en", "zh-hans"]


def _numbered(model: type[models.Model], **fields: Any) -> Callable[[int], models.Model]:
    return lambda number: model._default_manager.create(**{k: v.format(number) for k, v in fields.items()})


def _signed_agreement(number: int) -> Agreement:
    made = factories.agreement(_bond(number))
    Signature.objects.create(agreement=made, person=factories.person())
    factories.cite(made)
    return made


def _bond(number: int) -> Relationship:
    cities = [
        factories.city(f"city-{number}-{end}", f"City {number}{end}", f"城{number}{end}") for end in "ab"
    ]
    return factories.relationship(*cities)


def _person(number: int) -> Person:
    made = factories.person(en=f"Liang Person{number}", zh="梁灵光")
    Tenure.objects.create(
        person=made, office_en="Mayor", city=factories.city(f"seat-{number}", f"Seat {number}")
    )
    return made


def _event(number: int) -> Event:
    made = factories.reception()
    ProgrammeItem.objects.create(event=made, title_en="Toast", person=factories.person())
    factories.rsvp(made, 2)
    factories.cite(made)
    return made


def _directory(number: int) -> Directory:
    return Directory.objects.create(filename=f"bonds-{number}.csv", source=_cited_source(number))


def _mail(number: int) -> Message:
    return Message.objects.create(key=f"key-{number}", kind="rsvp_confirmed", to_email="mei@example.org")


def _revision(number: int) -> Revision:
    publishing.refresh(factories.city(f"revised-{number}", f"Revised {number}"))
    return Revision.objects.latest("pk")


def _cited_source(number: int) -> Source:
    made = factories.source()
    factories.cite(factories.city(f"cited-{number}", f"Cited {number}"), by=made)
    return made


def _correction(number: int) -> Correction:
    return Correction.objects.create(
        kind="people.person", object_id=factories.person().pk, text="Wrong.", nonce=f"nonce-{number}"
    )


MAKERS: dict[type[models.Model], Callable[[int], models.Model]] = {
    Source: _cited_source,
    Picture: lambda _number: factories.picture(),
    Document: lambda number: factories.document(f"Document {number}"),
    Correction: _correction,
    StandingPage: _numbered(StandingPage, slug="page-{}", title_en="Page {}"),
    Member: _numbered(Member, email="member{}@example.org", name="Member {}"),
    Person: _person,
    GuestTag: _numbered(GuestTag, name_en="Tag {}"),
    City: lambda number: factories.city(f"city-{number}", f"City {number}"),
    Sector: _numbered(Sector, slug="sector-{}", name_en="Trade {}", name_zh_hans="贸易{}"),
    Organisation: _numbered(Organisation, slug="body-{}", name_en="Council {}"),
    Relationship: _bond,
    Suspension: lambda number: _bond(number).suspensions.create(began=parse("1990")),
    Agreement: _signed_agreement,
    Tally: _numbered(Tally, what_en="Bonds {}", kind="sister-cities", number="{}", as_of="2022"),
    Milestone: lambda number: factories.milestone(_bond(number)),
    Tenure: lambda number: _person(number).tenures.get(),
    Directory: _directory,
    Event: _event,
    Series: _numbered(Series, slug="series-{}", title_en="Series {}"),
    Venue: lambda number: factories.venue(name_en=f"Hall {number}"),
    Remark: lambda _number: factories.remark(),
    Rsvp: lambda _number: factories.rsvp(factories.reception(), 2),
    Invitation: lambda _number: factories.invitation(factories.reception()),
    Question: lambda _number: factories.reception().questions.create(label_en="What do you eat?"),
    Message: _mail,
    Revision: _revision,
}
# What is not added in a form of its own: a question is, from the page of its event.
READ_ONLY = {Question, Rsvp, Message, Correction, Revision, Suspension}
OURS = {"pages", "people", "relationships", "events", "mail"}
each_model = pytest.mark.parametrize("model", MAKERS, ids=lambda model: model.__name__)


def _address(model: type[models.Model], what: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=args)


def _queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_every_model_in_the_admin_is_tried_here() -> None:
    registered = {model for model in admin.site._registry if model._meta.app_label in OURS}
    assert registered == set(MAKERS)


@each_model
def test_list_costs_the_same_with_1_and_with_30_rows(
    model: type[models.Model], client: Client, curator: Member
) -> None:
    client.force_login(curator)
    MAKERS[model](0)
    one = _queries(client, _address(model, "changelist"))
    for number in range(1, 30):
        MAKERS[model](number)
    assert _queries(client, _address(model, "changelist")) == one


def _more_parts(made: Any) -> None:
    """One more row of everything that a page's form shows below it."""
    factories.cite(made)
    match made:
        case Person():
            made.names.create(script="Latn", family="Another", is_variant=True)
            made.tenures.create(
                office_en="Envoy", organisation=Organisation.objects.get_or_create(slug="o", name_en="O")[0]
            )
        case Relationship():
            gone = factories.city(f"more-{factories.source().slug}", "More")
            made.parties.create(city=gone, left=parse("1999"))
        case Agreement():
            made.signatures.create(person=factories.person())
            made.wordings.create(language=f"x-{made.wordings.count()}", text="Article 1")
        case Event():
            made.programme.create(title_en="Toast", person=factories.person())
            made.gallery.create(picture=factories.picture())
        case Remark():
            made.segments.create(position=made.segments.count() + 1, text_en="More.")


@pytest.mark.parametrize(
    "model",
    [StandingPage, Person, City, Relationship, Agreement, Event, Remark],
    ids=lambda model: model.__name__,
)
def test_form_costs_the_same_with_1_and_with_30_parts(model: Any, client: Client, curator: Member) -> None:
    client.force_login(curator)
    made = MAKERS[model](0)
    _more_parts(made)
    one = _queries(client, _address(model, "change", made.pk))
    for _number in range(29):
        _more_parts(made)
    assert _queries(client, _address(model, "change", made.pk)) == one


def test_source_lists_what_rests_on_it_at_a_constant_cost(client: Client, curator: Member) -> None:
    client.force_login(curator)
    made, bond = factories.source(), factories.relationship()
    factories.cite(factories.milestone(bond), by=made)
    one = _queries(client, _address(Source, "change", made.pk))
    for _number in range(29):
        factories.cite(factories.milestone(bond), by=made)
    assert _queries(client, _address(Source, "change", made.pk)) == one


@each_model
def test_pages_open_in_both_languages(model: type[models.Model], client: Client, curator: Member) -> None:
    client.force_login(curator)
    made = MAKERS[model](0)
    for client.cookies["django_language"] in LANGUAGES:
        for url in (_address(model, "changelist") + "?q=city", _address(model, "change", made.pk)):
            assert client.get(url).status_code == 200
        assert client.get(_address(model, "add")).status_code == (403 if model in READ_ONLY else 200)


def test_members_and_strangers_do_not_enter(client: Client, member: Member) -> None:
    urls = [_address(model, "changelist") for model in MAKERS]
    assert {client.get(url).headers["Location"].partition("?")[0] for url in urls} == {"/admin/login/"}
    client.force_login(member)
    assert {client.get(url).headers["Location"].partition("?")[0] for url in urls} == {"/admin/login/"}


def test_admin_speaks_the_language_chosen_by_its_switch(client: Client, curator: Member) -> None:
    client.force_login(curator)
    client.post(reverse("set_language"), {"language": "zh-hans", "next": "/admin/"})
    assert 'lang="zh-hans"' in client.get("/admin/").content.decode()


def test_no_page_of_the_admin_has_inline_style_or_script(client: Client, curator: Member) -> None:
    client.force_login(curator)
    for url in ("/admin/", _address(Event, "add"), _address(Event, "change", _event(0).pk)):
        html = client.get(url).content.decode()
        assert " style=" not in html
        assert "<style" not in html
        assert " onclick=" not in html
