"""Words of our own where the stock admin and the libraries have none: ticks, models of others, rows that tie."""

import pytest
from django.test import Client
from django.utils.safestring import mark_safe
from django.utils.translation import override

from people.models import Member
from sistercities.pages.templatetags.admin_words import ticks_in_words
from tests import factories
from tests.forms import sent


def test_ticks_are_read_aloud_in_the_readers_language() -> None:
    with override("zh-hans"):
        assert (
            ticks_in_words(mark_safe('<td><img src="x" alt="True"></td>'))
            == '<td><img src="x" alt="是"></td>'
        )


@pytest.mark.django_db
def test_who_deletes_is_not_asked_about_rows_that_only_tie(client: Client, curator: Member) -> None:
    client.force_login(curator)
    made = factories.agreement()
    assert made.parties.exists()
    html = client.get(f"/admin/relationships/agreement/{made.pk}/delete/").content.decode()
    assert "Agreement_parties object" not in html
    assert "elationship:" not in html
    assert str(made) in html


@pytest.mark.django_db
def test_passkeys_have_a_name_in_the_admin(client: Client, curator: Member) -> None:
    client.force_login(curator)
    html = client.get("/admin/mfa/authenticator/").content.decode()
    assert "Passkeys and apps" in html
    assert "uthenticators" not in html


@pytest.mark.django_db
def test_errors_of_the_stock_admin_are_said_as_an_editor_would(client: Client, curator: Member) -> None:
    client.force_login(curator)
    client.cookies["django_language"] = "zh-hans"
    empty = sent(client.get("/admin/people/person/add/"))
    html = client.post("/admin/people/person/add/", empty).content.decode()
    assert "请至少填写1项。" in html
    assert "请填写此项。" in html
    assert "添加人物</h1>" in html
