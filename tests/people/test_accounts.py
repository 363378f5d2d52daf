"""Signing in with a code: the mails speak the reader's language and carry the association's name."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from people.models import Member
from tests.people.entering import ask, letters

pytestmark = pytest.mark.django_db
CODE_PAGES = [("en", "Your code to sign in"), ("zh-hans", "登录验证码")]
UNKNOWN = [("en", "No account with this address"), ("zh-hans", "此邮箱没有账户")]


@pytest.fixture(autouse=True)
def _in_english_again() -> Iterator[None]:
    """A page that is asked for leaves its language behind."""
    with translation.override("en"):
        yield


@pytest.mark.parametrize(("language", "subject"), CODE_PAGES)
def test_a_code_comes_in_the_language_of_the_page_that_was_asked(
    client: Client, member: Member, language: str, subject: str
) -> None:
    ask(client, member.email, language)
    [letter] = letters()
    assert letter.subject == subject
    assert settings.SITE_NAME[language] in letter.body
    assert settings.SITE_NAME[language] in letter.alternatives[0].content


@pytest.mark.parametrize(("language", "subject"), UNKNOWN)
def test_an_unknown_address_is_told_so_and_not_invited_to_sign_up(
    client: Client, language: str, subject: str
) -> None:
    ask(client, "nobody@example.org", language)
    [letter] = letters()
    assert letter.subject == subject
    assert "/signup/" not in letter.body


PLACES = [
    "login/",
    "login/code/",
    "login/password/",
    "password/reset/",
    "password/reset/done/",
    "signup/",
    "inactive/",
]
# Words of the library's own Chinese, each of which has another word here.
NOT_OURS = ["代码", "请求码", "电子邮件", "帐号", "账号", "登出", "其它"]


@pytest.mark.parametrize("place", PLACES)
def test_pages_of_signing_in_use_our_words(client: Client, place: str) -> None:
    page = client.get(f"/zh-hans/members/{place}").content.decode()
    assert [word for word in NOT_OURS if word in page] == []


def test_who_forgets_the_address_is_told_what_to_fill_in(client: Client) -> None:
    assert "请填写您的电子邮箱。" in client.post("/zh-hans/members/login/", {"login": ""}).content.decode()


def test_a_wrong_code_is_said_plainly(client: Client, member: Member) -> None:
    ask(client, member.email, "zh-hans")
    page = client.post("/zh-hans/members/login/code/confirm/", {"code": "wrong"}).content.decode()
    assert "验证码不正确，请重新输入。" in page


def test_link_to_a_new_password_comes_in_our_words(client: Client, member: Member) -> None:
    client.post("/zh-hans/members/password/reset/", {"email": member.email})
    [letter] = letters()
    link = next(line for line in letter.body.splitlines() if line.startswith("http"))
    page = client.post(link, follow=True).content.decode()
    assert letter.subject == "重置密码"
    assert "再次输入新密码" in page


@pytest.mark.parametrize("place", ["email/", "password/set/", "password/change/", "logout/"])
def test_member_finds_the_own_account_in_own_words(client: Client, member: Member, place: str) -> None:
    client.force_login(member)
    page = client.get(f"/zh-hans/members/{place}", follow=True).content.decode()
    assert [word for word in NOT_OURS if word in page] == []


def test_member_sees_own_name_and_the_way_out_and_a_stranger_does_not(client: Client, member: Member) -> None:
    assert "/members/logout/" not in client.get("/en/sources/").content.decode()
    client.force_login(member)
    page = client.get("/en/sources/").content.decode()
    assert (member.name or member.email) in page
    assert "/en/members/logout/" in page
