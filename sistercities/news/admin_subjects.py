"""What a story is about: any page of the site, found by typing a part of its name in either language."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, Q, QuerySet, When
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from sistercities.news.models import Story, StorySubject
from sistercities.pages.bilingual import columns
from sistercities.pages.curating import PartFormSet, Rows
from sistercities.pages.everything import found, page_models, together
from sistercities.pages.models import Page, Status

FOUND_AT_ONCE, LONGEST_TERM = 20, 80


def subject_models() -> list[type[Page]]:
    """The kinds of pages that a story can be about: neither sources nor standing pages, nor other stories."""
    return [model for model in page_models() if model.is_news and model is not Story]


def number_of(page: Page) -> str:
    """How a form names a page of any kind: ``people.person/12``."""
    return f"{page._meta.label_lower}/{page.pk}"


def page_numbered(number: str) -> Page | None:
    """The page that a form names; None where there is none."""
    kind, _slash, pk = number.partition("/")
    model = next((model for model in subject_models() if model._meta.label_lower == kind), None)
    if model is None or not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    return model._default_manager.filter(pk=int(pk)).first()


def in_words(title: object, model: type[Page], status: str) -> str:
    """A page as the list of finds names it: its title, its kind, and whether it is a draft."""
    kind = capfirst(str(model._meta.verbose_name))
    return f"{title} ({kind})" if status == Status.PUBLISHED else f"{title} ({kind}, {_('draft')})"


def find_subjects(term: str, models: list[type[Page]]) -> QuerySet[Any, dict[str, Any]]:
    """The pages of these kinds that have the words in a title, the address, or what they are found under."""
    asked = " ".join(term[:LONGEST_TERM].replace("\x00", "").split())
    named = Q()
    for word in asked.split():
        named &= in_title("icontains", word) | Q(slug__icontains=word) | Q(search_text__icontains=word)
    # What is called so comes before what merely has the word in its name, and that before what is found by it.
    nearness = Case(
        When(in_title("iexact", asked), then=0),
        When(in_title("istartswith", asked), then=1),
        When(in_title("icontains", asked), then=2),
        default=3,
    )
    found = [model._default_manager.filter(named).annotate(nearness=nearness) for model in models]
    return together(found, "status", "nearness").order_by("nearness", "-publish_at", "slug")


def in_title(how: str, words: str) -> Q:
    """Whether a title has these words, in whichever language."""
    where = Q()
    for column in columns("title"):
        where |= Q(**{f"{column}__{how}": words})
    return where


def subjects_view(request: HttpRequest) -> JsonResponse:
    """What the form offers while somebody types; of kinds that they may see in the admin."""
    if not {"news.add_story", "news.change_story"} & request.user.get_all_permissions():
        raise PermissionDenied
    models = [
        model
        for model in subject_models()
        if (kept := admin.site._registry.get(model)) and kept.has_view_permission(request)
    ]
    number = request.GET.get("page", "1")
    start = (int(number) - 1) * FOUND_AT_ONCE if number.isascii() and number.isdigit() else 0
    start = min(max(start, 0), 10_000)
    rows = list(find_subjects(request.GET.get("term", ""), models)[start : start + FOUND_AT_ONCE + 1])
    results = [
        {
            "id": f"{row['page_model']}/{row['pk']}",
            "text": in_words(page.title or page.slug, page.model, row["status"]),
        }
        for row, page in ((row, found(row)) for row in rows[:FOUND_AT_ONCE])
    ]
    return JsonResponse({"results": results, "pagination": {"more": len(rows) > FOUND_AT_ONCE}})


class SubjectSelect(AutocompleteSelect):
    """The stock autocomplete, over pages of all kinds."""

    def __init__(self) -> None:
        super().__init__(StorySubject._meta.get_field("content_type"), admin.site)
        self.choices = []

    def get_url(self) -> str:
        return reverse("admin:news_story_subjects")

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        chosen = [
            self.create_option(name, each, self.label_of(each), True, 0, attrs=attr) for each in value if each
        ]
        return [(None, chosen, 0)]

    known: Page | None = None

    def label_of(self, number: str) -> str:
        page = self.known if self.known and number_of(self.known) == number else page_numbered(number)
        return in_words(page, type(page), page.status) if page else number


class SubjectForm(forms.ModelForm):
    """A line of what the story is about. A line that stands is taken away or moved, never turned into another."""

    page = forms.CharField(label=_("page"), widget=SubjectSelect)

    class Meta:
        model = StorySubject
        fields = ["position"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].widget.attrs["aria-label"] = _("page")
        self.fields["position"].widget.attrs["aria-label"] = self.fields["position"].label
        if self.instance.pk:
            self.fields["page"].disabled = True
            kind = self.instance.content_type
            self.initial["page"] = f"{kind.app_label}.{kind.model}/{self.instance.object_id}"
            self.fields["page"].widget.known = self.instance.subject

    def clean_page(self) -> str:
        number: str = self.cleaned_data["page"]
        if self.instance.pk:
            return number
        page = page_numbered(number)
        if page is None:
            raise ValidationError(_("Choose one of the pages that are offered."))
        self.instance.content_type = ContentType.objects.get_for_model(page)
        self.instance.object_id = page.pk
        return number


class SubjectFormSet(PartFormSet):
    """All that a story is about; nothing twice."""

    def clean(self) -> None:
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            values = form.cleaned_data if form.is_valid() else {}
            if not (number := values.get("page")) or values.get("DELETE"):
                continue
            if number in seen:
                form.add_error("page", _("The story is tied to this page already."))
            seen.add(number)


class SubjectInline(Rows):
    """The widget finds events, people, bonds, cities, agreements, remarks and series alike."""

    model = StorySubject
    form = SubjectForm  # type: ignore[assignment]  # a form of its own, for no column holds the page
    formset = SubjectFormSet
    fields = ["position", "page"]
    verbose_name_plural = _("What the story is about: these pages then name it under “In the news”")

    def get_queryset(self, request: HttpRequest) -> QuerySet[StorySubject]:
        return super().get_queryset(request).select_related("content_type").prefetch_related("subject")
