"""What is true of a site to which French was added; run by ``test_third_language`` inside a copy of the project."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from people.models import Member
from relationships.models import Relationship
from sistercities.mail.delivery import sender
from sistercities.pages.everything import found, page_models, together
from sistercities.pages.publishing import refresh
from sistercities.pages.search import further_languages
from sistercities.pages.sitemaps import LISTS
from tests import factories
from tests.forms import sent

pytestmark = pytest.mark.django_db
OWN = ("events", "relationships", "people", "pages")


def bond() -> Relationship:
    """A bond that is told in French too, between cities whose names nobody has translated."""
    texts = {"title_fr": "Los Angeles et Canton", "summary_fr": "Un jumelage de quarante ans."}
    made = factories.relationship(slug="los-angeles-guangzhou", **texts)
    refresh(made)
    return made


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", answer.getvalue().decode())


def test_every_text_has_a_column_for_french_that_may_stay_empty() -> None:
    fields = {
        (model, field.name): field
        for label in OWN
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
    }
    pairs = [(model, name[:-3]) for model, name in fields if (model, f"{name[:-3]}_zh_hans") in fields]
    wanting = [(model, name) for model, name in pairs if name and (model, f"{name}_fr") not in fields]
    assert len(pairs) > 20
    assert wanting == []
    assert all(fields[model, f"{name}_fr"].blank for model, name in pairs if f"{name}_en" in fields)


def test_migration_says_all_that_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_french_page_speaks_french(client: Client) -> None:
    address = f"/fr{bond().get_absolute_url().removeprefix('/en')}"
    page = read(client, address)
    assert '<html lang="fr">' in page
    assert '<span class="pair-lead">Los Angeles et Canton</span>' in page
    assert "Un jumelage de quarante ans." in page
    assert "Sources et documents" in page or "Personnes" in page  # the menus, from the catalogue
    assert "Association des villes jumelées" in page


def test_what_is_not_in_french_says_so_in_its_own_language(client: Client) -> None:
    person = factories.person(
        "tom-bradley", body_en="He signed first.", summary_en="Mayor.", summary_zh_hans=""
    )
    page = read(client, f"/fr{person.get_absolute_url().removeprefix('/en')}")
    assert '<div lang="en"> <span class="only-in">uniquement en anglais</span><p>He signed first.</p>' in page


def test_switch_offers_all_three_languages_and_search_engines_learn_of_them(client: Client) -> None:
    here = bond().get_absolute_url().removeprefix("/en")
    for code, tag in (("en", "en"), ("zh-hans", "zh-Hans"), ("fr", "fr")):
        others = {"en": "en", "zh-hans": "zh-Hans", "fr": "fr"}
        others.pop(code)
        page = read(client, f"/{code}{here}")
        assert f'<html lang="{tag}">' in page
        for other, other_tag in others.items():
            assert re.search(rf'<a [^>]*href="/{other}{here}"[^>]*>', page), (code, other)
            assert re.search(
                rf'<link rel="alternate" hreflang="{other_tag}" href="[^"]*/{other}{here}"', page
            )


def test_english_page_stays_english(client: Client) -> None:
    page = read(client, bond().get_absolute_url())
    assert '<span class="pair-lead">Guangzhou–Los Angeles</span>' in page
    assert "About Guangzhou–Los Angeles." in page
    assert "jumelage" not in page
    assert '<span class="pair-other" lang="fr">Los Angeles et Canton</span>' in page


def test_french_words_are_found(client: Client) -> None:
    made = bond()
    assert "Un jumelage de quarante ans." in further_languages(made)
    page = read(client, "/fr/search/?q=jumelage")
    assert made.get_absolute_url().removeprefix("/en") in page


def test_lists_feed_and_sitemap_speak_of_french(client: Client) -> None:
    here = bond().get_absolute_url().removeprefix("/en")
    assert "Los Angeles et Canton" in read(client, "/fr/")
    feed = read(client, "/feed.fr.atom")
    assert 'xml:lang="fr"' in feed
    assert "Los Angeles et Canton" in feed
    assert "/sitemap.fr.relationship.1.xml" in read(client, "/sitemap.xml")
    assert f"/fr{here}</loc>" in read(client, "/sitemap.fr.relationship.1.xml")


def test_staff_write_french_beside_the_others(client: Client, curator: Member) -> None:
    client.force_login(curator)
    made = bond()
    url = reverse("admin:relationships_relationship_change", args=[made.pk])
    shown = client.get(url)
    assert "Title (Français):" in shown.content.decode()
    assert client.post(url, sent(shown, title_fr="Deux rives")).status_code == 302
    made.refresh_from_db()
    assert made.title_fr == "Deux rives"
    assert made.stale_in == ["en", "zh-hans"]


def test_mail_comes_from_the_association_under_its_french_name() -> None:
    with translation.override("fr"):
        assert "Association des villes jumel" in sender("fr")


def test_every_page_of_the_demonstration_opens_in_french(client: Client) -> None:
    call_command("demo", verbosity=0)
    with translation.override("fr"):
        addresses = [reverse(name) for name in LISTS]
        addresses += [
            found(row).get_absolute_url()
            for row in together([model.objects.listed() for model in page_models()])
        ]
    assert len(addresses) > 30
    assert [address for address in addresses if '<html lang="fr">' not in read(client, address)] == []
