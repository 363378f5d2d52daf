"""How staff curate what was said: who, when, in which capacity, until when it is held back, and its paragraphs."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from events.admin.access import PagesOfOwnEvents
from events.admin.help import REMARK_HELP
from events.admin.segments import SegmentViews
from events.models import Remark, RemarkSegment
from events.paragraphs import number_anew, pair_of
from sistercities.pages.admin import PageAdmin
from sistercities.pages.admin_forms import PageForm
from sistercities.pages.bilingual import html_language
from sistercities.pages.curating import RowForm, Rows, pill
from sistercities.pages.models import Page
from sistercities.pages.text import marks


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


class RemarkForm(PageForm):
    """A remark; a reader belongs to what was read by somebody else, and to nothing other."""

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        is_read = values.get("delivery") == Remark.Delivery.READ_BY
        if "delivery" in values and "read_by" in values and is_read != bool(values["read_by"]):
            self.add_error(
                "read_by",
                _("Choose who read it.")
                if is_read
                else _("Leave this empty, or choose “read by somebody else” beside it."),
            )
        return values

    def clean_original_language(self) -> str:
        return html_language(self.cleaned_data["original_language"].lower())


@admin.register(Remark)
class RemarkAdmin(PagesOfOwnEvents, SegmentViews, PageAdmin):
    form = RemarkForm
    helps = REMARK_HELP
    list_display = [
        "titles",
        "publication",
        "speaker",
        "event",
        "delivery",
        "language_state",
        "citation_count",
    ]
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
            _("Who said it, and where"),
            {
                "fields": [("event", "position"), ("speaker",), ("capacity_en", "capacity_zh_hans")],
                "description": _(
                    "Save the remark first; “Paste the speech” above then takes the whole text in both languages."
                ),
            },
        ),
        (
            _("How it was said, and what the texts are"),
            {
                "fields": [
                    ("delivery", "read_by"),
                    ("form", "original_language"),
                    ("rendering_en", "rendering_zh_hans"),
                    "embargo_until",
                ]
            },
        ),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is said of the speech goes first; the running text is for the few that have no paragraphs."""
        body = ("body_en", "body_zh_hans")
        found = []
        for name, options in super().get_fieldsets(request, obj):
            fields = options["fields"]
            found.append((name, {**options, "fields": [each for each in fields if each != body]}))
            if body in fields:
                rest = {"fields": [body], "classes": ["collapse"]}
                found.append((_("Running text, where there are no paragraphs"), rest))
        return found

    @admin.display(description=_("status"), ordering="status")
    def publication(self, page: Page) -> SafeString:
        """An embargo holds back what is published otherwise."""
        if isinstance(page, Remark) and page.is_embargoed and page.embargo_until:
            moment = date_format(timezone.localtime(page.embargo_until), "SHORT_DATETIME_FORMAT")
            return pill("scheduled", _("embargo until %(moment)s") % {"moment": moment})
        return super().publication(page)

    def why_unseen(self, page: Page) -> str:
        waits = page.is_scheduled or (isinstance(page, Remark) and page.is_embargoed)
        return super().why_unseen(page) if waits else str(_("its event is not published"))

    def tidy_parts(self, page: Remark) -> None:
        number_anew(page.segments.order_by("position", "pk"))

    def warn_of_lost_marks(self, request: HttpRequest, page: Page) -> None:
        """In the paragraphs as well as in the text of the page."""
        super().warn_of_lost_marks(request, page)
        rows = page.segments.all() if isinstance(page, Remark) else []
        found = {mark for row in rows for text in pair_of(row) for mark in marks(text)}
        if lost := sorted(found - set(page.citations.values_list("source__slug", flat=True))):
            words = _("The paragraphs refer to sources that are not cited on this page: %(marks)s")
            self.message_user(request, words % {"marks": ", ".join(lost)}, messages.WARNING)
