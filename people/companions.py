"""Whom a member often brings along: names that need not be typed again. Kept because the member says so, until then."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from people.models import Companion, Member

# Of more, choosing takes longer than typing.
MOST = 20


@transaction.atomic
def remember(member: Member, names: Iterable[str]) -> None:
    """Remember these companions behind those that are remembered already, as far as there is room."""
    Member.objects.select_for_update().get(pk=member.pk)  # two forms at once must not pass the limit
    known = set(member.companions.values_list("name", flat=True))
    new = [name for name in dict.fromkeys(names) if name and name not in known]
    last = member.companions.aggregate(last=Max("position"))["last"] or 0
    Companion.objects.bulk_create(
        Companion(member=member, name=name, position=last + place)
        for place, name in enumerate(new[: max(MOST - len(known), 0)], start=1)
    )


@transaction.atomic
def keep_as(member: Member, names: dict[int, str], added: str = "") -> None:
    """Write the list as its owner has it now: by number of the companion the name, empty for whoever is left out."""
    rows = {row.pk: row for row in Companion.objects.select_for_update().filter(member=member)}
    Companion.objects.filter(pk__in=[pk for pk in rows if pk in names and not names[pk]]).delete()
    renamed = [row for pk, row in rows.items() if names.get(pk) and names[pk] != row.name]
    # By way of a name that nobody has: two who swap theirs would meet halfway, and no name may stand twice.
    for row in renamed:
        Companion.objects.filter(pk=row.pk).update(name=f"{row.pk}…")
    for row in renamed:
        Companion.objects.filter(pk=row.pk).update(name=names[row.pk])
    if added:
        remember(member, [added])
