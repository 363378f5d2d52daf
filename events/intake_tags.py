"""The tags of guests from a list: a line is recognised by the English name or, without one, by the Chinese."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import GuestTag
from sistercities.intake.kinds import NEVER, Column, Kind, Looked, takes_in
from sistercities.intake.readers import a_number, of_field
from sistercities.tables.cells import bare

FIELDS = ("name_en", "name_zh_hans", "position")


@takes_in
class Tags(Kind):
    """The words by which parties are sorted."""

    name = "tags"
    label = gettext_lazy("tags of guests")
    about_it = gettext_lazy("Words such as VIP or press, in both languages.")
    model = GuestTag
    permissions = ("events.add_guesttag", "events.change_guesttag")
    called_by = ("name_en",)
    place = 40
    most = 500

    @classmethod
    def columns(cls) -> Sequence[Column]:
        return [
            of_field(
                GuestTag, "name_en", "name (english),english,tag,name,英文名称,名称（英文）", empty=NEVER
            ),
            of_field(
                GuestTag, "name_zh_hans", "name (chinese),chinese,标签,中文名称,名称（中文）", empty=NEVER
            ),
            of_field(GuestTag, "position", "order,顺序,排序", read=a_number),
        ]

    def back(self) -> str:
        return reverse("admin:events_guesttag_changelist")

    def key_of(self, row: Looked) -> str:
        key = bare(self.name_of(row))
        if not key:
            row.faults.append(_("The name is missing."))
        return key

    def name_of(self, row: Looked) -> str:
        return str(row.values.get("name_en") or row.values.get("name_zh_hans") or "")

    def find(self, rows: Sequence[Looked], *, lock: bool = False) -> None:
        tags = list(GuestTag.objects.all())
        known = {bare(tag.name_zh_hans): tag for tag in tags} | {bare(tag.name_en): tag for tag in tags}
        for row in rows:
            row.thing = known.get(row.key)

    @classmethod
    def told(cls, thing: GuestTag) -> dict[str, Any]:
        return {name: getattr(thing, name) for name in FIELDS}

    def write(self, row: Looked) -> GuestTag:
        tag = row.thing or GuestTag()
        for name in FIELDS:
            if name in row.values:
                setattr(tag, name, row.values[name])
        tag.save()
        return tag
