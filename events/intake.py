"""Answers to an event from a list, as they came by phone and letter; and the tags of guests.

A line is recognised by the e-mail address or, without one, by the name. Answers are taken and changed by the verbs of
``events.rsvp`` alone, so that the line of those who wait stays fair, and whoever has an address gets a letter.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events import intake_columns, tagging
from events import intake_tags as intake_tags  # found by being imported
from events import rsvp as verbs
from events.forms import new_nonce
from events.forms_of_address import has_han
from events.models import Event, GuestTag, Invitation, Rsvp, RsvpTransition
from events.scoping import is_within, within
from people.models import Member
from sistercities.intake.kinds import Column, Kind, Looked, Words, takes_in
from sistercities.mail.addresses import comparable
from sistercities.tables.cells import bare
from sistercities.traces import NOBODY


@takes_in
class Answers(Kind):
    """The answers to one event."""

    name = "answers"
    label = gettext_lazy("answers to an event")
    about_it = gettext_lazy(
        "Answers as they came by phone, letter or at the desk. A line is recognised by the e-mail address or, without "
        "one, by the name. Each is decided as if it had come by the form: where no seat is free, it waits."
    )
    model = Rsvp
    permissions = ("events.add_rsvp", "events.change_rsvp")
    called_by = ("name",)
    place = 30
    most = 300
    keeps_record = True
    needs_about = True

    @classmethod
    def columns(cls) -> Sequence[Column]:
        return intake_columns.columns()

    # --- may I --------------------------------------------------------------------------------------------

    @classmethod
    def may(cls, user: Any, about: int | None = None) -> bool:
        if about is None or not all(is_within(user, each, about) for each in cls.permissions):
            return False
        return Event.objects.filter(pk=about, rsvp_policy__isnull=False).exists()

    @classmethod
    def scope(cls, user: Any) -> Q:
        if not cls.may_at_all(user):
            return Q(pk__in=[])
        return Q(about__in=within(user, cls.permissions[0], Event.objects.all()).values("pk"))

    @cached_property
    def event(self) -> Event:
        return Event.objects.select_related("rsvp_policy").get(pk=self.about)

    def title(self) -> Words:
        return self.event.title

    def back(self) -> str:
        return reverse("admin:events_event_guests", args=[self.about])

    # --- who is meant -------------------------------------------------------------------------------------

    def key_of(self, row: Looked) -> str:
        if not row.values.get("name"):
            row.faults.append(_("The name is missing."))
            return ""
        email = row.values.get("email")
        return comparable(email) if email else f"={bare(row.values['name'])}"

    def name_of(self, row: Looked) -> str:
        return str(row.values.get("name", ""))

    def things(self) -> list[Rsvp]:
        """The answers with their guests and tags, in three queries; those that were blanked are none any more."""
        rows = self.event.rsvps.standing().exclude(name=NOBODY).filter(hold=None)
        found = list(rows.select_related("member").prefetch_related("guests").order_by("name", "pk"))
        self.tags = list(GuestTag.objects.all())
        called, given = {tag.pk: str(tag) for tag in self.tags}, tagging.tags_of(self.event)
        for rsvp in found:
            rsvp.event = self.event
            rsvp.tag_names = tuple(sorted(called[tag] for tag in given.get(rsvp.pk, ())))  # type: ignore[attr-defined]
        return found

    def find(self, rows: Sequence[Looked], *, lock: bool = False) -> None:
        by_address: dict[str, Rsvp] = {}
        by_name: dict[str, list[Rsvp]] = defaultdict(list)
        for rsvp in self.things():
            by_address[comparable(rsvp.email)] = rsvp
            by_name[bare(rsvp.name)].append(rsvp)
        for row in rows:
            self.read_tags(row)
            called_so = by_name[bare(row.values["name"])]
            if row.values.get("email"):
                row.thing = by_address.get(row.key)
                if row.thing is None and called_so:
                    row.hints.append(
                        _("Somebody of this name has answered already; this is taken for somebody else.")
                    )
            elif len(called_so) == 1:
                row.thing = called_so[0]
            elif called_so:
                row.faults.append(_("Several who answered are called so: add the e-mail address."))

        self.find_invitations([row for row in rows if row.thing is None])

    def find_invitations(self, rows: Sequence[Looked]) -> None:
        """Whoever is invited and has not answered answers that invitation: by the address or, without one, by name."""
        by_address: dict[str, Invitation] = {}
        by_name: dict[str, list[Invitation]] = defaultdict(list)
        for invitation in self.event.invitations.live().filter(rsvp=None).exclude(name=NOBODY):
            by_address[comparable(invitation.email)] = invitation
            by_name[bare(invitation.name)].append(invitation)
        self.invited: dict[int, Invitation] = {}
        for row in rows:
            called_so = by_name[bare(row.values["name"])]
            alone = called_so[0] if len(called_so) == 1 else None
            found = by_address.get(row.key) if row.values.get("email") else alone
            if found:
                self.invited[row.number] = found
                row.hints.append(_("Answers the invitation of %(name)s.") % {"name": found.name})

    def read_tags(self, row: Looked) -> None:
        """Tags by what they are called in any language; none is made by that."""
        if "tags" not in row.values:
            return
        known = {
            bare(name): str(tag) for tag in self.tags for name in (tag.name_en, tag.name_zh_hans) if name
        }
        unknown = [word for word in row.values["tags"] if bare(word) not in known]
        if unknown:
            row.faults.append(
                _("No tag is called “%(word)s”. Add it first, or leave it out.") % {"word": unknown[0]}
            )
        row.values["tags"] = tuple(
            sorted({known[bare(word)] for word in row.values["tags"] if bare(word) in known})
        )

    @classmethod
    def told(cls, thing: Any) -> dict[str, Any]:
        coming = thing.is_live
        companions = tuple(guest.name for guest in thing.guests.all() if not guest.is_lead and guest.name)
        return {
            "email": thing.email,
            "answer": coming,
            "seats": thing.seats_wanted if coming else 0,
            "companions": companions if coming else (),
            "tags": thing.tag_names,
            **{name: getattr(thing, name) for name in ("name", "language", "message", "takes_any")},
        }

    # --- what would come of it ----------------------------------------------------------------------------

    def wanted(self, row: Looked) -> dict[str, Any]:
        """What the line says together with what is known; a no has no seats, and seats without a word are a yes."""
        told = self.told(row.thing) if row.thing else {}
        after = {"message": "", "takes_any": False, "companions": (), "answer": True, **told, **row.values}
        if "answer" not in row.values and "seats" in row.values:
            after["answer"] = row.values["seats"] > 0
        if not after["answer"]:
            return {**after, "seats": 0, "companions": ()}
        return {**after, "seats": after.get("seats") or 1 + len(after["companions"])}

    def check(self, row: Looked) -> None:
        after = self.wanted(row)
        invited = self.invited.get(row.number)
        usual = (invited and invited.largest_party) or self.event.rsvp_policy.largest_party
        largest = max(usual, row.thing.seats_wanted if row.thing else 0)
        if after["seats"] > largest:
            said = _(
                "By the rules of this event a party has at most %(count)d guests. Raise the largest party there,"
                " or keep a block of seats for a delegation."
            )
            row.faults.append(said % {"count": largest})
        elif after["answer"] and len(after["companions"]) >= after["seats"]:
            row.faults.append(_("More companions are named than seats asked for."))

    def warnings(self, rows: Sequence[Looked]) -> list[Words]:
        changed = [
            row for row in rows if row.thing is None or any(each.name != "tags" for each in row.changes)
        ]
        count = sum(1 for row in changed if self.address_of(row))
        if not count:
            return []
        said = ngettext(
            "%(count)d guest has an e-mail address and gets a letter about it at once. That cannot be taken back.",
            "%(count)d guests have an e-mail address and get a letter about it at once. That cannot be taken back.",
            count,
        )
        return [said % {"count": count}]

    def address_of(self, row: Looked) -> str:
        """Where a letter about the answer would go; empty where none does."""
        if row.thing:
            return str(row.thing.email)
        invited = self.invited.get(row.number)
        return row.values.get("email") or (invited.email if invited else "")

    # --- taking over --------------------------------------------------------------------------------------

    def write(self, row: Looked) -> Rsvp:
        by = verbs.By(RsvpTransition.Actor.STAFF, self.by, "", row.values.get("source", Rsvp.Source.PHONE))
        try:
            rsvp = self.answered(row, by)
        except verbs.Refused as refused:
            raise ValidationError(str(refused.message)) from refused
        if "tags" in row.values:
            self.tag(rsvp, row.values["tags"], self.told(row.thing)["tags"] if row.thing else ())
        return rsvp

    def answered(self, row: Looked, by: verbs.By) -> Rsvp:
        after = self.wanted(row)
        email, invited = self.address_of(row), self.invited.get(row.number)
        answer = verbs.Answer(
            name=after["name"],
            email=email,
            # Staff know who calls: a member is served as one, as if signed in.
            member=Member.objects.at(email).filter(is_active=True).first() if email else None,
            seats=after["seats"],
            companions=after["companions"],
            message=after["message"],
            language=after.get("language") or (invited.language if invited else _usual(after["name"])),
            nonce="" if row.thing else new_nonce(),
            takes_any=after["takes_any"],
        )
        if row.thing is None:
            outcome = verbs.respond(self.event, answer, by, self.invited.get(row.number))
            if outcome.recorded is not verbs.Recorded.NEW:
                raise ValidationError(_("This address has answered already."))
            return outcome.rsvp
        if all(change.name == "tags" for change in row.changes):
            return row.thing
        return verbs.change(row.thing, answer, by)

    def tag(self, rsvp: Rsvp, wanted: Iterable[str], now: Iterable[str]) -> None:
        for tag in self.tags:
            if str(tag) in wanted and str(tag) not in now:
                tagging.tag(self.event, [rsvp.pk], tag)
            elif str(tag) in now and str(tag) not in wanted:
                tagging.untag(self.event, [rsvp.pk], tag)


def _usual(name: str) -> str:
    """The language in which we write to somebody of whom we know no more than the name."""
    return "zh-hans" if has_han(name) else settings.LANGUAGES[0][0]
