"""How staff enter the admin, and what they see there of how members sign in."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Permission
from django.test import Client

from people.models import Member
from tests import factories
from tests.people.entering import (
    PASSWORD,
    is_signed_in,
    passkey_of,
)

pytestmark = pytest.mark.django_db


def test_staff_enter_the_admin_by_the_same_door_as_members(client: Client, curator: Member) -> None:
    there = client.get("/admin/mail/message/", follow=True)
    assert there.redirect_chain[-1][0] == "/en/members/login/?next=/admin/mail/message/"
    passkey_of(curator)
    EmailAddress.objects.create(user=curator, email=curator.email, verified=True, primary=True)
    refused = client.post("/admin/login/", {"username": curator.email, "password": PASSWORD})
    assert (refused.status_code, is_signed_in(client)) == (302, False)
    assert (
        client.post("/en/members/login/password/", {"login": curator.email, "password": PASSWORD})["Location"]
        == "/en/members/security/authenticate/"
    )
    assert not is_signed_in(client)


def test_member_who_is_no_staff_is_told_so_at_the_door_of_the_admin(client: Client, member: Member) -> None:
    client.force_login(member)
    assert client.get("/admin/login/?next=/admin/").status_code == 403


def test_curator_is_led_on_into_the_admin_and_nowhere_else(client: Client, curator: Member) -> None:
    client.force_login(curator)
    assert client.get("/admin/login/?next=/admin/people/")["Location"] == "/admin/people/"
    assert client.get("/admin/login/?next=//evil.example/")["Location"] == "/admin/"


def test_staff_see_that_there_is_a_passkey_and_never_the_key_of_an_app(
    client: Client, curator: Member
) -> None:
    TOTP.activate(curator, "JBSWY3DPEHPK3PXP")
    client.force_login(curator)
    for place in ("", "?q=curator", f"{Authenticator.objects.get().pk}/change/"):
        page = client.get(f"/admin/mfa/authenticator/{place}")
        assert (page.status_code, "JBSWY3DPEHPK3PXP" in page.content.decode()) == (200, False)
    assert client.get("/admin/usersessions/usersession/").status_code == 404


def test_who_may_change_members_gains_no_rights_by_it_and_no_account_of_staff(
    client: Client, curator: Member, member: Member
) -> None:
    helper = factories.member("helper@example.org", is_staff=True)
    rights = ["view_member", "change_member", "delete_member"]
    helper.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(helper)
    mine = f"/admin/people/member/{helper.pk}/change/"
    fields = client.get(mine).context["adminform"].form.fields
    assert "email" in fields
    assert not {"is_staff", "is_superuser", "groups", "user_permissions"} & fields.keys()
    assert "email" in client.get(f"/admin/people/member/{member.pk}/change/").context["adminform"].form.fields
    theirs = f"/admin/people/member/{curator.pk}"
    assert "email" not in client.get(f"{theirs}/change/").context["adminform"].form.fields
    posts = ("change", "delete", "password")
    refused = [client.post(f"{theirs}/{place}/", {"email": helper.email}).status_code for place in posts]
    assert refused == [403, 403, 403]
    client.force_login(curator)
    boss = client.get(mine)
    assert (
        not {"is_staff", "is_superuser", "groups", "user_permissions"}
        & boss.context["adminform"].form.fields.keys()
    )
    assert f"/admin/people/member/{helper.pk}/roles/" in boss.content.decode()
