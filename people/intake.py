"""Members from a list: of the association's old files, of whoever keeps the books, or our own, mended and handed back.

A line is recognised by its e-mail address. Rights, passwords and who may sign in are in no list.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import intake_people as intake_people  # found by being imported
from people.models import Member
from sistercities.intake.kinds import NEVER, Column, Kind, Looked, takes_in
from sistercities.intake.readers import a_language, by_words, of_field
from sistercities.mail.addresses import address_key, comparable

FIELDS = (
    "name",
    "language",
    "timezone",
    "membership",
    "member_since",
    "member_until",
    "household",
    "wants_reminders",
    "wants_greetings",
)


# How lists call the kinds of membership beside their own words.
MEMBERSHIPS = {
    Member.Membership.SINGLE: "individual,个人,单人",
    Member.Membership.HOUSEHOLD: "family,家庭",
    Member.Membership.STUDENT: "学生",
    Member.Membership.CORPORATE: "company,business,organisation,organization,企业,公司,单位",
    Member.Membership.HONORARY: "honorary member,荣誉,名誉",
}


@takes_in
class Members(Kind):
    """Whoever signs in, with their memberships."""

    name = "members"
    label = gettext_lazy("members")
    about_it = gettext_lazy(
        "Accounts and memberships. A line is recognised by its e-mail address. Whoever is new gets no letter: members "
        "sign in with a code that comes by mail."
    )
    model = Member
    permissions = ("people.add_member", "people.change_member")
    called_by = ("email", "name")
    place = 10

    @classmethod
    def columns(cls) -> Sequence[Column]:
        return [
            of_field(
                Member,
                "email",
                "e-mail,email,mail,email address,e-mail address,邮箱,电子邮箱,电子邮件,邮件,电邮,邮箱地址,电子邮件地址",
                required=True,
                empty=NEVER,
                is_beside=True,
            ),
            of_field(Member, "name", "name,full name,member,姓名,名字,会员,会员姓名"),
            of_field(Member, "language", "language,preferred language,语言,语种", read=a_language),
            of_field(Member, "timezone", "time zone,timezone,时区"),
            of_field(
                Member,
                "membership",
                "kind of membership,membership,category,type,类别,会员类别,会籍类别,会员类型,会籍",
                read=by_words(Member.Membership.choices, MEMBERSHIPS),
            ),
            of_field(
                Member,
                "member_since",
                "member since,since,joined,start,from,入会日期,入会时间,会籍起始,会员起始日期,起",
            ),
            of_field(
                Member,
                "member_until",
                "member until,until,expires,expiry,end,to,会籍截止,到期日期,有效期至,会员截止日期,止",
            ),
            of_field(
                Member,
                "household",
                "household,family members,names in the household,家庭成员,家庭,同户成员",
            ),
            Column(
                "covered_by",
                gettext_lazy("covered by the membership of"),
                "covered by the membership of,covered by,main member,主会员,由其会籍涵盖,所属会员",
                read=comparable,
                help=gettext_lazy("The e-mail address of the member whose household or company it is."),
            ),
            of_field(Member, "wants_reminders", "reminders before an event,reminders,活动提醒,提醒"),
            of_field(
                Member, "wants_greetings", "letters of the hosts such as thanks,greetings,主办方来信,感谢信"
            ),
        ]

    def back(self) -> str:
        return reverse("admin:people_member_changelist")

    def key_of(self, row: Looked) -> str:
        if not row.values.get("email"):
            row.faults.append(_("The e-mail address is missing."))
            return ""
        return comparable(row.values["email"])

    def name_of(self, row: Looked) -> str:
        name, email = row.values.get("name", ""), row.values.get("email", "")
        return f"{name} <{email}>" if name and email else email or name

    def find(self, rows: Sequence[Looked], *, lock: bool = False) -> None:
        keys = {row.key for row in rows}
        self.in_list = {row.key: row for row in rows}
        above = {row.values["covered_by"] for row in rows if row.values.get("covered_by")}
        known = self.for_list(
            Member.objects.alias(key=address_key("email")).annotate(found_by=address_key("email"))
        )
        known = known.filter(key__in=keys | above)
        if lock:
            known = known.select_for_update(of=("self",))
        self.known = {member.found_by: member for member in known}
        for row in rows:
            row.thing = self.known.get(row.key)

    @classmethod
    def for_list(cls, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.select_related("covered_by")

    @classmethod
    def told(cls, thing: Member) -> dict[str, Any]:
        above = comparable(thing.covered_by.email) if thing.covered_by else ""
        return {"email": thing.email, "covered_by": above, **{name: getattr(thing, name) for name in FIELDS}}

    @cached_property
    def may_touch_staff(self) -> bool:
        return bool(self.by.is_superuser)

    def check(self, row: Looked) -> None:
        if row.thing and row.thing.is_staff and row.thing != self.by and not self.may_touch_staff:
            row.faults.append(_("This is an account of the staff; only an administrator changes it."))
        after = {**(self.told(row.thing) if row.thing else {}), **row.values}
        since, until = after.get("member_since"), after.get("member_until")
        if until and not since:
            row.faults.append(_("Since when? A membership that ends has begun."))
        elif until and since > until:
            row.faults.append(_("A membership cannot end before it begins."))
        if row.values.get("covered_by"):
            row.faults += self.against(row)

    def against(self, row: Looked) -> list[str]:
        """What speaks against somebody's being covered by the membership that the line names."""
        address = row.values["covered_by"]
        above, line = self.known.get(address), self.in_list.get(address)
        if address == row.key:
            return [_("Nobody is covered by their own membership.")]
        if above is None and (line is None or line.faults):
            return [_("No member has the address %(address)s.") % {"address": address}]
        kind = line.values.get("membership") if line else None
        if (kind or (above.membership if above else "")) not in Member.COVERING:
            words = _(
                "The membership of %(member)s covers nobody else: make it a household or a corporate one first."
            )
            return [words % {"member": above or address}]
        return []

    def in_order(self, rows: Sequence[Looked]) -> Sequence[Looked]:
        return sorted(rows, key=lambda row: bool(row.values.get("covered_by")))

    def write(self, row: Looked) -> Member:
        member = self.filled(row)
        member.save()
        self.known[row.key] = member
        return member

    def write_all(self, rows: Sequence[Looked]) -> list[Model]:
        """Those who are covered by nobody first, since they may cover others."""
        for covered in (False, True):
            part = [(row, self.filled(row)) for row in rows if bool(row.values.get("covered_by")) is covered]
            new = [member for row, member in part if row.thing is None]
            Member.objects.bulk_create(new, batch_size=500)
            old = [member for row, member in part if row.thing is not None]
            Member.objects.bulk_update(old, [*FIELDS, "covered_by"], batch_size=500)
            self.known.update({row.key: member for row, member in part})
        return [self.known[row.key] for row in rows]

    def filled(self, row: Looked) -> Member:
        """The member as the line has it, not saved yet."""
        member = row.thing or Member(email=row.values["email"])
        if row.thing is None:
            member.set_unusable_password()
        for name in FIELDS:
            if name in row.values:
                setattr(member, name, row.values[name])
        if "covered_by" in row.values:
            member.covered_by = self.above(row.values["covered_by"])
        return member

    def above(self, address: str) -> Member | None:
        if not address:
            return None
        if address not in self.known:
            raise ValidationError(_("No member has the address %(address)s.") % {"address": address})
        return self.known[address]
