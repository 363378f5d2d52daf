"""How staff curate what was said, paragraph by paragraph in both languages."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from events.models import Remark, RemarkSegment
from sistercities.pages.admin import PageAdmin
from sistercities.pages.curating import RowForm, Rows


class SegmentForm(RowForm):
    """A paragraph; two of the same number are put in order when the remark is saved."""

    def _get_validation_exclusions(self) -> set[str]:
        # Twice the same number is wrong for no longer than it takes to number all anew.
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions | {"position"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].help_text = _(
                "To set a paragraph between 2 and 3, give it the number 2; all are numbered anew when you save."
            )


class SegmentInline(Rows):
    model = RemarkSegment
    form = SegmentForm
    fields = ["position", "text_en", "text_zh_hans"]
    classes = ["segments"]


@admin.register(Remark)
class RemarkAdmin(PageAdmin):
    list_display = ["titles", "speaker", "event", "form", "delivery", *PageAdmin.list_display[1:]]
    list_filter = ["form", "delivery", *PageAdmin.list_filter, ("event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["speaker", "event"]
    search_fields = [
        *PageAdmin.search_fields,
        "speaker__search_text",
        "event__title_en",
        "event__title_zh_hans",
    ]
    autocomplete_fields = ["event", "speaker", "read_by"]
    inlines = [SegmentInline, *PageAdmin.inlines]
    own_fieldsets = [
        (
            _("Who said it, and when"),
            {
                "fields": [
                    ("event", "speaker"),
                    ("capacity_en", "capacity_zh_hans"),
                    ("delivery", "read_by"),
                    ("form", "original_language"),
                    ("position", "embargo_until"),
                ]
            },
        )
    ]

    def tidy_parts(self, page: Remark) -> None:
        number_anew(page.segments.order_by("position", "pk"))


def number_anew(segments: QuerySet[RemarkSegment]) -> None:
    """Number the paragraphs 1, 2, 3 … in their order; the constraint waits for the end of the transaction."""
    moved = []
    for number, segment in enumerate(segments, start=1):
        if segment.position != number:
            segment.position = number
            moved.append(segment)
    RemarkSegment.objects.bulk_update(moved, ["position"])
