"""The pages on which roles are seen, given and taken back, and what beside them nobody can use to gain rights."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from people.audit import beside
from people.granting import grant
from people.models import Member, RoleGrant, RoleName
from people.role_matrix import DEEDS, unknown, where
from people.roles import Scope
from tests import factories
from tests.people.entering import letters, passkey_of

pytestmark = pytest.mark.django_db
RIGHTS = {"is_staff": "on", "is_superuser": "on", "groups": "1", "user_permissions": "1"}
BELOW = [name for name in RoleName if name is not RoleName.ADMINISTRATOR]


def address(member: Member) -> str:
    return f"/admin/people/member/{member.pk}/roles/"


def with_role(name: RoleName, by: Member) -> Member:
    made = factories.member(f"the-{name.value}@example.org", name=f"The {name.label}")
    grant(made, name, by=by)
    return made


@pytest.fixture
def boss(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def test_administrator_gives_a_role_and_takes_it_back(boss: Client, member: Member) -> None:
    day = timezone.localdate() + timedelta(days=9)
    said = {"act": "give", "role": "host", "ends_on": day.isoformat()}
    page = boss.post(address(member), said, follow=True).content.decode()
    assert "Mei Chen &lt;mei@example.org&gt; has this role now: event host, until" in page
    given = member.grants.get()
    assert (given.role, given.ends_on, given.granted_by.email) == ("host", day, "curator@example.org")
    page = boss.post(address(member), {"act": "take", "grant": given.pk}, follow=True).content.decode()
    assert "no longer has this role: event host" in page
    assert "Formerly" in page
    member.refresh_from_db()
    assert member.is_staff is False


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"act": "give"}, "This field is required."),
        ({"act": "give", "role": "emperor"}, "emperor is not one of the available choices"),
        ({"act": "give", "role": "host", "ends_on": "2001-01-01"}, "The last day is over already."),
        ({"act": "give", "role": "host", "ends_on": "soon"}, "Enter a valid date."),
    ],
)
def test_role_that_cannot_be_given_is_explained_and_nothing_is_lost(
    boss: Client, member: Member, said: dict[str, str], words: str
) -> None:
    answer = boss.post(address(member), said)
    assert (answer.status_code, words in answer.content.decode(), RoleGrant.objects.count()) == (422, True, 1)


def test_last_administrator_cannot_give_up_their_role(boss: Client, curator: Member) -> None:
    answer = boss.post(address(curator), {"act": "take", "grant": curator.grants.get().pk})
    assert answer.status_code == 422
    assert "the only one who administers this site" in answer.content.decode()
    kept = boss.post(f"/admin/people/member/{curator.pk}/change/", {"email": curator.email, "name": "Cora"})
    assert "is_active" in kept.context["adminform"].form.errors
    assert boss.post(f"/admin/people/member/{curator.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("said", [{"act": "take", "grant": "x"}, {"act": "take"}, {"act": "crown"}, {}])
def test_forged_form_changes_no_role(boss: Client, member: Member, said: dict[str, str]) -> None:
    assert boss.post(address(member), said).status_code == 404


def test_role_of_somebody_else_is_not_taken_by_this_address(
    boss: Client, curator: Member, member: Member
) -> None:
    theirs = with_role(RoleName.READER, curator).grants.get()
    assert boss.post(address(member), {"act": "take", "grant": theirs.pk}).status_code == 404


@pytest.mark.parametrize("name", BELOW)
def test_nobody_below_administrator_raises_rights(client: Client, curator: Member, name: RoleName) -> None:
    who, other = with_role(name, curator), factories.member("other@example.org")
    client.force_login(who)
    for member in (who, other, curator):
        assert client.get(address(member)).status_code == 403
        said = {"act": "give", "role": "administrator"}
        assert client.post(address(member), said).status_code == 403
        forged = {"email": member.email, "language": "en", "membership": "single", "is_active": "on"}
        client.post(f"/admin/people/member/{member.pk}/change/", {**forged, **RIGHTS})
    assert list(Member.objects.filter(is_superuser=True)) == [curator]
    assert set(Member.objects.filter(is_staff=True)) == {curator, who}
    assert client.get("/admin/roles/").status_code == 200


@pytest.mark.parametrize("name", BELOW)
def test_nobody_below_administrator_gets_hold_of_an_account_of_staff(
    client: Client, curator: Member, name: RoleName
) -> None:
    who, key = with_role(name, curator), passkey_of(curator)
    theirs = EmailAddress.objects.create(user=curator, email=curator.email, verified=True, primary=True)
    client.force_login(who)
    posts: list[tuple[str, dict[str, Any]]] = [
        ("account/emailaddress/add/", {"user": curator.pk, "email": "mine@example.org", "verified": "on"}),
        (f"account/emailaddress/{theirs.pk}/change/", {"user": who.pk, "email": theirs.email}),
        (f"account/emailaddress/{theirs.pk}/delete/", {"post": "yes"}),
        ("account/emailaddress/", {"action": "make_verified", "_selected_action": theirs.pk}),
        (f"mfa/authenticator/{key.pk}/delete/", {"post": "yes"}),
        (f"people/member/{curator.pk}/password/", {"password1": "a new one 1", "password2": "a new one 1"}),
        (f"people/member/{curator.pk}/change/", {"email": "mine@example.org"}),
        (f"people/member/{curator.pk}/delete/", {"post": "yes"}),
        (
            "people/member/",
            {"action": "delete_selected", "_selected_action": curator.pk, "post": "yes"},
        ),
    ]
    for place, said in posts:
        assert client.post(f"/admin/{place}", said).status_code in (302, 403), place
    curator.refresh_from_db()
    assert (curator.email, curator.check_password("a password of a test")) == ("curator@example.org", True)
    assert list(EmailAddress.objects.values_list("user", "email")) == [(curator.pk, curator.email)]
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_secretary_takes_out_the_lost_passkey_of_a_member_who_is_told(
    client: Client, curator: Member, member: Member
) -> None:
    key = passkey_of(member)
    client.force_login(with_role(RoleName.SECRETARY, curator))
    assert client.get("/admin/mfa/authenticator/").status_code == 200
    assert client.post(f"/admin/mfa/authenticator/{key.pk}/delete/", {"post": "yes"}).status_code == 302
    assert letters()[-1].subject == "A passkey was taken out of your account"
    assert letters()[-1].to == [member.email]


def test_groups_are_no_longer_a_way_to_rights(boss: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("admin:auth_group_changelist")


def test_table_of_roles_says_what_the_roles_do() -> None:
    assert unknown() == set()
    deeds = {str(each.words): each for _subject, deeds in DEEDS for each in deeds}
    assert len(deeds) == 21
    publish, answers = deeds["publish, schedule, withdraw pages"], deeds["read and decide answers"]
    give, texts = deeds["give and take back roles"], deeds["change texts in both languages"]
    assert {name for name in RoleName if where(name, publish)} == {RoleName.ADMINISTRATOR, RoleName.PUBLISHER}
    assert (where(RoleName.HOST, answers), where(RoleName.CURATOR, answers)) == (Scope.OWN, Scope.NONE)
    assert [name for name in RoleName if where(name, give)] == [RoleName.ADMINISTRATOR]
    assert where(RoleName.TRANSLATOR, texts) is Scope.ALL


def test_everybody_on_the_staff_sees_who_has_which_role(client: Client, curator: Member) -> None:
    reader = with_role(RoleName.READER, curator)
    client.force_login(reader)
    page = client.get("/admin/roles/").content.decode()
    assert "The read only" in page
    assert "/roles/" not in page.partition("<main")[2].partition("</main>")[0].replace("/admin/roles/", "")


def test_table_costs_the_same_with_many_who_have_roles(
    boss: Client, curator: Member, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(4):
        boss.get("/admin/roles/")
    for _number in range(30):
        grant(factories.member(), RoleName.DOOR, by=curator)
    with django_assert_num_queries(4):
        boss.get("/admin/roles/")


def test_list_of_members_shows_roles_at_the_same_cost(
    boss: Client, curator: Member, django_assert_num_queries: Any
) -> None:
    with_role(RoleName.DOOR, curator)
    with django_assert_num_queries(6):
        page = boss.get("/admin/people/member/?role=any").content.decode()
    assert "door" in page
    for _number in range(30):
        grant(factories.member(), RoleName.HOST, by=curator)
    with django_assert_num_queries(6):
        boss.get("/admin/people/member/?role=any")


def test_members_are_found_by_role(boss: Client, curator: Member, member: Member) -> None:
    host = with_role(RoleName.HOST, curator)
    found = {
        chosen: set(boss.get(f"/admin/people/member/?role={chosen}").context["cl"].result_list)
        for chosen in ("any", "none", "host")
    }
    assert found == {"any": {curator, host}, "none": {member}, "host": {host}}


def test_audit_finds_rights_beside_a_role(curator: Member, member: Member) -> None:
    with_role(RoleName.PUBLISHER, curator)
    assert list(beside()) == []
    Member.objects.filter(pk=member.pk).update(is_superuser=True)
    assert list(beside()) == [f"member {member.pk} may do what no role says"]
