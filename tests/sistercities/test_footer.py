"""The foot of every page leads to the standing pages that are there, and to no other."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from people.models import Member
from sistercities.pages.models import StandingPage, Status
from tests import factories

pytestmark = pytest.mark.django_db


def standing(slug: str, en: str, zh: str, **fields: Any) -> StandingPage:
    return StandingPage.objects.create(**factories._page(slug, en, zh, **fields))


def foot(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode().partition("<footer")[2]


ADDRESSES = [("people/", 200), ("contact/", 200), ("nowhere/", 404), ("members/login/", 200)]


@pytest.mark.parametrize(("address", "status"), ADDRESSES)
def test_foot_has_the_standing_pages_in_their_order_and_language(
    client: Client, address: str, status: int
) -> None:
    standing("privacy", "Privacy", "隐私说明", position=2)
    standing("imprint", "Legal notice", "法律声明", position=1)
    english, chinese = foot(client, f"/en/{address}", status), foot(client, f"/zh-hans/{address}", status)
    assert english.index('href="/en/imprint/">Legal notice') < english.index('href="/en/privacy/">Privacy')
    assert 'href="/zh-hans/imprint/">法律声明' in chinese


@pytest.mark.parametrize(("address", "status"), ADDRESSES)
def test_foot_names_no_page_that_is_not_there(client: Client, address: str, status: int) -> None:
    standing("draft", "A draft", "草稿", status=Status.DRAFT)
    standing("later", "Later", "以后", publish_at=timezone.now() + timedelta(days=1))
    found = foot(client, f"/en/{address}", status)
    assert "A draft" not in found
    assert "Later" not in found
    assert "/en/privacy/" not in found


def test_contact_is_there_always_and_once(client: Client) -> None:
    assert foot(client, "/en/people/").count('href="/en/contact/"') == 1
    standing("contact", "Write to us", "写信给我们")
    assert foot(client, "/en/people/").count('href="/en/contact/">Write to us') == 1


def test_foot_follows_what_staff_change_and_staff_see_it_too(client: Client, curator: Member) -> None:
    page = standing("links", "Links", "相关链接")
    assert "Links" in foot(client, "/en/people/")
    StandingPage.objects.filter(pk=page.pk).update(title_en="Where to read on")
    assert "Where to read on" in foot(client, "/en/people/")
    client.force_login(curator)
    assert "Where to read on" in foot(client, "/en/people/")


def test_page_known_in_one_language_alone_says_so(client: Client) -> None:
    standing("links", "", "相关链接")
    assert '<span lang="zh-Hans">相关链接</span>' in foot(client, "/en/people/")


def test_foot_costs_no_query(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3):
        client.get("/en/people/")
    for number in range(20):
        standing(f"page-{number}", f"Page {number}", "页面")
    with django_assert_num_queries(3):
        client.get("/en/people/")


def test_members_find_the_way_in_at_the_foot_of_every_page_until_they_are_in(
    client: Client, member: Member
) -> None:
    for address, status in ADDRESSES:
        assert '<a href="/zh-hans/members/login/">登录</a>' in foot(client, f"/zh-hans/{address}", status)
    client.force_login(member)
    assert "members/login" not in foot(client, "/zh-hans/people/")
