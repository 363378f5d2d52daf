"""Where to look in a picture is chosen on the picture itself, in its own form and where many are described."""

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Member
from tests import factories
from tests.forms import sent

pytestmark = pytest.mark.django_db


def test_a_picture_is_shown_in_its_cuts_beside_nine_places_to_look_at(
    client: Client, curator: Member
) -> None:
    client.force_login(curator)
    picture = factories.picture(640, 480, focus="top")
    url = reverse("admin:pages_picture_change", args=[picture.pk])
    html = client.get(url).content.decode()
    assert html.count('type="radio" name="focus"') == 9
    assert html.count(f'src="{picture.url}" alt="" width="{picture.width}"') == 3
    assert client.post(url, sent(client.get(url), focus="bottom-left")).status_code == 302
    picture.refresh_from_db()
    assert picture.focus == "bottom-left"


def test_pictures_that_are_described_together_have_it_too(client: Client, curator: Member) -> None:
    client.force_login(curator)
    factories.picture(alt_en="")
    html = client.get(reverse("admin:pages_picture_describe")).content.decode()
    assert html.count('type="radio" name="form-0-focus"') == 9
