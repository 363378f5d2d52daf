"""Lists of people to be invited: looked through first, row by row, and then taken over, but for the faulty rows.

The rows stand in ``InvitationList.rows`` as they were read. What is wrong with one is found anew whenever somebody
looks: others invite as well, and guests answer.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import tagging
from events.forms_of_address import has_han
from events.invitation_columns import read_moment, whole_name
from events.invitation_reading import Row
from events.invitations import Invitee, invite
from events.models import Event, Invitation, InvitationList, Rsvp
from sistercities.mail.addresses import canonical, comparable
from sistercities.pages.fields import personal_name, single_line, within_reach
from sistercities.pages.forms_for_strangers import running_text
from sistercities.tables.cells import bare, read_language, read_number, read_yes
from sistercities.tables.words import LINES

LARGEST_PARTY = 40
TEXTS = ("title", "salutation", "organisation", "note")


@dataclass
class Looked:
    """A row, and what there is to say about it: what is wrong, why nobody needs inviting by it, what to mind."""

    line: int
    given: Row
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    known: str = ""
    hints: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.faults and not self.known

    @property
    def why(self) -> str:
        """All that speaks against it, in words."""
        return " ".join([*self.faults, self.known]).strip()

    @property
    def named(self) -> str:
        """Who is meant by the row, as it was given where nothing could be made of that."""
        parts = (self.given.get("given"), self.given.get("family"))
        return str(self.values.get("name") or self.given.get("name") or " ".join(filter(None, parts)))

    @property
    def address(self) -> str:
        return str(self.values.get("email") or self.given.get("email") or "")

    @property
    def key(self) -> str:
        return comparable(self.values.get("email") or "") if self.values.get("email") else ""


@dataclass
class Review:
    """A list, looked through."""

    rows: list[Looked]

    @property
    def good(self) -> list[Looked]:
        return [row for row in self.rows if row.is_good]

    @property
    def faulty(self) -> list[Looked]:
        return [row for row in self.rows if row.faults]

    @property
    def known(self) -> list[Looked]:
        """Invited, or answered, or in the list already."""
        return [row for row in self.rows if row.known and not row.faults]

    @property
    def left_out(self) -> list[Looked]:
        return [row for row in self.rows if not row.is_good]


def review(batch: InvitationList) -> Review:
    """Look through the rows of a list: four queries, however many there are."""
    rows = [_looked(row, batch.event) for row in batch.rows]
    keys = {row.key for row in rows if row.key}
    invited = Invitation.objects.live().filter(event=batch.event)
    known = {each.email_key: each for each in invited.filter(email_key__in=keys)}
    by_name = {bare(name): email for name, email in invited.values_list("name", "email")}
    answers = Rsvp.objects.standing().filter(event=batch.event, email_key__in=keys)
    answered = {each.email_key: each for each in answers}
    seen: dict[str, Looked] = {}
    for row in rows:
        row.known = "" if row.faults else _why_known(row, seen, known, answered, by_name)
        if not row.faults and (row.key or row.values["name"]):
            seen.setdefault(row.key or bare(row.values["name"]), row)
        if row.is_good:
            row.hints = _hints(row, by_name)
    return Review(rows)


@transaction.atomic
def take_over(batch: InvitationList, shared: dict[str, Any] | None = None) -> list[Invitation]:
    """Invite the people of all good rows; ``shared`` is what stands on every invitation where its row says nothing;
    its ``greetings`` are by language, its ``tags`` are given to all.

    What was left out stays with the list, to be mended. Pressed twice, it invites nobody twice.
    """
    fresh = InvitationList.objects.select_for_update(of=("self",)).select_related("event").get(pk=batch.pk)
    if fresh.taken_over_at:
        return []
    found = review(fresh)
    shared = dict(shared or {})
    tags = shared.pop("tags", ())
    made = invite(fresh.event, [_invitee(row, shared) for row in found.good], fresh)
    tagging.tag_invitations(made, tags)
    fresh.rows, fresh.taken_over_at = [row.given for row in found.left_out], timezone.now()
    fresh.save(update_fields=["rows", "taken_over_at"])
    return made


def _invitee(row: Looked, shared: dict[str, Any]) -> Invitee:
    usual = {name: value for name, value in shared.items() if name != "greetings" and value not in (None, "")}
    given = {name: value for name, value in row.values.items() if value not in (None, "")}
    values = {"language": "zh-hans" if has_han(row.values["name"]) else "en", **usual, **given}
    greeting = shared.get("greetings", {}).get(values["language"], "")
    return Invitee(**{"greeting": greeting, **values})


# --- one row --------------------------------------------------------------------------------------------


def _looked(row: Row, event: Event) -> Looked:
    found = Looked(int(row.get("line") or 0), row)
    if problem := row.get("problem"):
        found.faults = [str(LINES[problem])]
        return found
    readers: dict[str, Callable[[Row], Any]] = {
        "name": _name,
        "email": _email,
        "language": _language,
        "greeting": _greeting,
        "largest_party": _party,
        "answer_by": partial(_answer_by, event=event),
        "is_bound": _bound,
        "member": lambda given: given.get("member"),
        **{name: partial(_text, name=name) for name in TEXTS},
    }
    for name, reader in readers.items():
        try:
            found.values[name] = reader(row)
        except ValidationError as fault:
            found.faults += fault.messages
    return found


def _name(row: Row) -> str:
    name = whole_name(row)
    if not name:
        raise ValidationError(_("The name is missing."))
    if len(name) > 150:
        raise ValidationError(_("The name is too long: 150 characters at most."))
    if "@" in name:
        raise ValidationError(_("An address stands where the name should be."))
    single_line(name)
    personal_name(name)
    return name


def _email(row: Row) -> str:
    text = str(row.get("email") or "")
    return canonical(text) if text.strip() else ""


def _text(row: Row, name: str) -> str:
    text, field_ = str(row.get(name) or ""), Invitation._meta.get_field(name)
    longest = getattr(field_, "max_length", 0) or 0
    if len(text) > longest:
        words = _("“%(field)s” is too long: %(most)d characters at most.")
        raise ValidationError(words % {"field": getattr(field_, "verbose_name", name), "most": longest})
    single_line(text)
    return text


def _language(row: Row) -> str:
    text = str(row.get("language") or "")
    code = read_language(text)
    if text and code is None:
        raise ValidationError(
            _("“%(text)s” is no language that we write: English or Chinese.") % {"text": text}
        )
    return code or ""


def _greeting(row: Row) -> str:
    text = str(row.get("greeting") or "")
    if len(text) > 1000:
        raise ValidationError(_("The personal words are too long: 1,000 characters at most."))
    running_text(text)
    return text


def _party(row: Row) -> int | None:
    text = str(row.get("largest_party") or "")
    number = read_number(text)
    if text and (number is None or not 1 <= number <= LARGEST_PARTY):
        words = _("“%(text)s” is no size of a party: write a number from 1 to %(most)d.")
        raise ValidationError(words % {"text": text, "most": LARGEST_PARTY})
    return number


def _answer_by(row: Row, event: Event) -> datetime | None:
    text = str(row.get("answer_by") or "")
    wall = read_moment(text)
    if not text:
        return None
    if wall is None:
        words = _("“%(text)s” is no date that we can read: write it as 2026-11-30, or 2026-11-30 18:00.")
        raise ValidationError(words % {"text": text})
    within_reach(wall)
    moment = wall.replace(tzinfo=event.zone)
    if moment <= timezone.now():
        raise ValidationError(_("“%(text)s” is over: nobody could answer until then.") % {"text": text})
    return moment


def _bound(row: Row) -> bool | None:
    text = str(row.get("is_bound") or "")
    said = read_yes(text)
    if text and said is None:
        raise ValidationError(
            _("“%(text)s” is neither yes nor no, where it says whether this guest only may answer.")
            % {"text": text}
        )
    return said


# --- beside others --------------------------------------------------------------------------------------


def _why_known(
    row: Looked,
    seen: dict[str, Looked],
    invited: dict[str, Invitation],
    answered: dict[str, Rsvp],
    by_name: dict[str, str],
) -> str:
    """Why nobody needs inviting by this row: the same person stands above, is invited, or has answered."""
    name = row.values["name"]
    first = seen.get(row.key or bare(name))
    if first and row.key:
        words = _("The same address as in line %(line)d: %(name)s.")
        return words % {"line": first.line, "name": first.values["name"]}
    if first:
        return _("The same name as in line %(line)d, and no address to tell them apart.") % {
            "line": first.line
        }
    if known := invited.get(row.key):
        return _("Is invited already, as %(name)s.") % {"name": known.name}
    if given := answered.get(row.key):
        return _("Has answered already: %(status)s.") % {"status": given.get_status_display()}
    if not row.key and bare(name) in by_name:
        return _("Somebody of this name is invited already, and there is no address to tell them apart.")
    return ""


def _hints(row: Looked, by_name: dict[str, str]) -> list[str]:
    hints = []
    if not row.key:
        hints.append(_("No e-mail address: you hand over the link yourself."))
    elif bare(row.values["name"]) in by_name:
        address = by_name[bare(row.values["name"])] or _("no address")
        hints.append(_("Somebody of this name is invited already (%(address)s).") % {"address": address})
    return hints


def in_numbers(found: Review) -> str:
    """“130 people can be invited; 20 rows are left out.”"""
    good, left = len(found.good), len(found.left_out)
    first = ngettext("%(count)d person can be invited.", "%(count)d people can be invited.", good)
    second = ngettext("%(count)d row is left out.", "%(count)d rows are left out.", left)
    return f"{first % {'count': good}} {second % {'count': left}}" if left else first % {"count": good}
