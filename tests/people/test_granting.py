"""Giving roles and taking them back: who may, what follows, and who always stays."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from people.granting import Refused, appoint, beside_a_role, end_due, grant, may_touch, strip, take_back
from people.models import Member, RoleGrant, RoleName
from tests import factories
from tests.people.entering import letters

pytestmark = pytest.mark.django_db


def day(ahead: int) -> date:
    return timezone.localdate() + timedelta(days=ahead)


def again(member: Member) -> Member:
    return Member.objects.get(pk=member.pk)


def admin_answers(client: Client) -> int:
    return client.get("/admin/").status_code


def test_whoever_is_given_a_role_is_staff_and_no_administrator(curator: Member, member: Member) -> None:
    given = grant(member, RoleName.TRANSLATOR, by=curator)
    assert (again(member).is_staff, again(member).is_superuser) == (True, False)
    assert (given.granted_by, given.ended_at, str(given)) == (curator, None, "translator")


def test_with_a_first_role_nothing_from_before_opens_the_account(curator: Member) -> None:
    """Whoever looks after members may set a password: it must not open the account of somebody of staff."""
    new = factories.member()
    Authenticator.objects.create(user=new, type=Authenticator.Type.WEBAUTHN, data={})
    grant(new, RoleName.CURATOR, by=curator)
    assert not again(new).has_usable_password()
    assert not Authenticator.objects.filter(user=new).exists()


def test_a_further_role_leaves_the_ways_in_as_they_are(curator: Member, member: Member) -> None:
    grant(member, RoleName.CURATOR, by=curator)
    Authenticator.objects.create(user=member, type=Authenticator.Type.WEBAUTHN, data={})
    grant(member, RoleName.HOST, by=curator)
    assert Authenticator.objects.filter(user=member).exists()


def test_nobody_but_administrators_gives_or_takes_roles(curator: Member, member: Member) -> None:
    given = grant(member, RoleName.PUBLISHER, by=curator)
    other = factories.member()
    with pytest.raises(Refused, match="Only who administers"):
        grant(other, RoleName.READER, by=member)
    with pytest.raises(Refused, match="Only who administers"):
        grant(member, RoleName.ADMINISTRATOR, by=member)
    with pytest.raises(Refused, match="Only who administers"):
        take_back(given, by=member)
    assert (again(member).is_superuser, again(other).is_staff) == (False, False)


def test_administrator_at_rest_gives_no_role(curator: Member, member: Member) -> None:
    Member.objects.filter(pk=curator.pk).update(is_active=False)
    with pytest.raises(Refused):
        grant(member, RoleName.READER, by=curator)


def test_account_at_rest_is_given_no_role(curator: Member) -> None:
    with pytest.raises(Refused, match="at rest"):
        grant(factories.member(is_active=False), RoleName.READER, by=curator)


def test_same_role_given_twice_is_one_and_another_last_day_is_a_new_one(
    curator: Member, member: Member
) -> None:
    first = grant(member, RoleName.HOST, by=curator)
    assert grant(member, RoleName.HOST, by=curator) == first
    longer = grant(member, RoleName.HOST, by=curator, ends_on=day(30))
    first.refresh_from_db()
    assert (first.ended_by, longer.ends_on, member.grants.live().count()) == (curator, day(30), 1)


def test_role_is_not_given_until_a_day_that_is_over(curator: Member, member: Member) -> None:
    with pytest.raises(Refused, match="over"):
        grant(member, RoleName.HOST, by=curator, ends_on=day(-1))


def test_sessions_end_with_the_role(client: Client, curator: Member, member: Member) -> None:
    given = grant(member, RoleName.READER, by=curator)
    client.force_login(again(member))
    assert admin_answers(client) == 200
    take_back(given, by=curator)
    assert admin_answers(client) == 302
    assert (again(member).is_staff, client.session.get("_auth_user_id")) == (False, None)


def test_whoever_keeps_another_role_signs_in_again_too(
    client: Client, curator: Member, member: Member
) -> None:
    grant(member, RoleName.READER, by=curator)
    publisher = grant(member, RoleName.PUBLISHER, by=curator)
    client.force_login(again(member))
    take_back(publisher, by=curator)
    assert (again(member).is_staff, admin_answers(client)) == (True, 302)


def test_one_more_role_signs_nobody_out_but_the_first_one_does(
    client: Client, curator: Member, member: Member
) -> None:
    client.force_login(member)
    grant(member, RoleName.READER, by=curator)
    assert client.get("/en/members/").status_code == 302
    client.force_login(again(member))
    grant(member, RoleName.CURATOR, by=curator)
    assert admin_answers(client) == 200


def test_last_administrator_stays(curator: Member, member: Member) -> None:
    own = curator.grants.get()
    with pytest.raises(Refused, match="the only one"):
        take_back(own, by=curator)
    with pytest.raises(Refused, match="the only one"):
        grant(curator, RoleName.ADMINISTRATOR, by=curator, ends_on=day(10))
    assert again(curator).is_superuser
    grant(member, RoleName.ADMINISTRATOR, by=curator, ends_on=day(10))
    with pytest.raises(Refused, match="the only one"):
        take_back(own, by=curator)
    grant(member, RoleName.ADMINISTRATOR, by=curator)
    take_back(own, by=curator)
    assert (again(curator).is_staff, again(member).is_superuser) == (False, True)


def test_role_ends_by_itself_after_its_last_day(client: Client, curator: Member, member: Member) -> None:
    given = grant(member, RoleName.CURATOR, by=curator, ends_on=day(0))
    client.force_login(again(member))
    assert (end_due(), admin_answers(client)) == (0, 200)
    RoleGrant.objects.filter(pk=given.pk).update(ends_on=day(-1))
    assert (end_due(), end_due(), admin_answers(client)) == (1, 0, 302)
    given.refresh_from_db()
    assert (given.ended_by, given.ended_at is None, again(member).is_staff) == (None, False, False)


def test_createsuperuser_makes_an_administrator_with_the_role(db: None) -> None:
    call_command("createsuperuser", "--noinput", email="first@example.org", verbosity=0)
    made = Member.objects.get(email="first@example.org")
    assert (made.is_superuser, made.grants.get().role, list(beside_a_role())) == (True, "administrator", [])


def test_rights_beside_a_role_are_found_and_can_be_taken_away(curator: Member, member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(is_staff=True, is_superuser=True)
    other = factories.member(is_staff=True)
    assert list(beside_a_role()) == [member, other]
    strip(member, by=curator)
    appoint(other, RoleName.DOOR)
    assert (again(member).is_superuser, list(beside_a_role())) == (False, [])


def test_account_of_staff_is_touched_by_its_owner_and_by_administrators_alone(
    curator: Member, member: Member
) -> None:
    secretary, translator = factories.member(), factories.member()
    grant(secretary, RoleName.SECRETARY, by=curator)
    grant(translator, RoleName.TRANSLATOR, by=curator)
    assert may_touch(secretary, member)
    assert may_touch(secretary, secretary)
    assert not may_touch(secretary, translator)
    assert not may_touch(secretary, curator)
    assert may_touch(curator, translator)


def test_whoever_gets_or_loses_a_role_is_told_in_their_language(curator: Member, member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(language="zh-hans")
    member.refresh_from_db()
    given = grant(member, RoleName.TRANSLATOR, by=curator)
    assert (letters()[-1].to, "译者" in letters()[-1].body) == ([member.email], True)
    sent = len(letters())
    grant(member, RoleName.TRANSLATOR, by=curator, ends_on=day(3))
    assert len(letters()) == sent
    take_back(member.grants.live().get(), by=curator)
    take_back(given, by=curator)
    assert len(letters()) == sent + 1
