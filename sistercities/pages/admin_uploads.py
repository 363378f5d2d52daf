"""Many pictures at once: handed in together, put into the gallery of a page, then described one after the other."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.forms import modelformset_factory
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sistercities.pages import publishing
from sistercities.pages.admin_focus import choose_focus
from sistercities.pages.bilingual import html_language
from sistercities.pages.curating import split_column
from sistercities.pages.everything import page_models
from sistercities.pages.models import Page, Picture
from sistercities.pages.models.picture import described
from sistercities.pages.shown import add_to_gallery, undescribed

AT_ONCE = 20
TOGETHER = 100  # megabytes
DESCRIBED_AT_ONCE = 10
DESCRIPTION = ["alt_en", "alt_zh_hans", "caption_en", "caption_zh_hans", "focus"]


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files in one field; each is looked at later, by itself."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = [file for file in data or [] if file]
        if not files:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(files) > AT_ONCE or sum(file.size for file in files) > TOGETHER * 1_000_000:
            raise ValidationError(
                _("At most %(files)d files at once, and together no more than %(megabytes)d megabytes."),
                code="too_many",
                params={"files": AT_ONCE, "megabytes": TOGETHER},
            )
        return files


class UploadForm(forms.ModelForm):
    """What holds for all pictures of one evening: who took them, and on what terms."""

    pictures = ManyFilesField(
        label=_("Pictures"),
        help_text=_(
            "JPEG, PNG or WebP; up to 20 at once, together at most 100 megabytes. A file that cannot be taken is "
            "named, and the others are kept."
        ),
    )

    class Meta:
        model = Picture
        fields = ["credit", "licence", "rights"]
        widgets = {"credit": AdminTextInputWidget, "rights": AdminTextInputWidget}

    field_order = ["pictures", "credit", "licence", "rights"]


class DescriptionForm(forms.ModelForm):
    """What is to be seen, for those who cannot see it; may be left for later."""

    class Meta:
        model = Picture
        fields = DESCRIPTION

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_focus(self)
        for name, field in self.fields.items():
            if code := split_column(name)[1]:
                field.widget.attrs["lang"] = html_language(code)


class UploadViews(admin.ModelAdmin):
    """Mixed into the admin of pictures."""

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("upload/", wrap(self.upload_view), name="pages_picture_upload"),
            path("describe/", wrap(self.describe_view), name="pages_picture_describe"),
        ]
        return own + super().get_urls()

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """The form for many files, and what became of them."""
        page = self.page_named(request)
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            taken = [each for each in form.cleaned_data["pictures"] if self.take(request, form, each, page)]
            if taken and page:
                publishing.refresh(page, by=request.user)
            if taken:
                words = ngettext("%(count)d picture is kept.", "%(count)d pictures are kept.", len(taken))
                self.message_user(request, words % {"count": len(taken)}, messages.SUCCESS)
                return HttpResponseRedirect(address("describe", page))
        context = {"form": form, "page": page, "title": _("Add several pictures")}
        return self.answer(request, "admin/pages/picture/upload.html", context)

    def take(self, request: HttpRequest, form: UploadForm, file: UploadedFile, page: Page | None) -> bool:
        """Keep one of the files; one that cannot be taken is named, with the reason."""
        terms = {name: form.cleaned_data[name] for name in UploadForm.Meta.fields}
        picture = Picture(file=file, **terms)
        called = file.name
        try:
            with transaction.atomic():
                picture.full_clean()
                picture.save()
                if page:
                    add_to_gallery(page, picture)
        except ValidationError as refused:
            words = _("“%(file)s” was not taken: %(why)s")
            self.message_user(
                request, words % {"file": called, "why": " ".join(refused.messages)}, messages.ERROR
            )
            return False
        self.log_addition(request, picture, [{"added": {}}])
        return True

    def describe_view(self, request: HttpRequest) -> HttpResponse:
        """The pictures that are not described yet, of one page or of all, some at a time."""
        page = self.page_named(request)
        if not self.has_change_permission(request):
            raise PermissionDenied
        waiting = undescribed(page) if page else list(Picture.objects.exclude(described()).order_by("pk"))
        formset = descriptions(request, waiting[:DESCRIBED_AT_ONCE])
        if request.method == "POST" and formset.is_valid():
            for picture in formset.save():
                self.log_change(request, picture, [{"changed": {"fields": ["description"]}}])
            self.message_user(request, _("The descriptions are saved."), messages.SUCCESS)
            return HttpResponseRedirect(address("describe", page))
        context = {
            "formset": formset,
            "page": page,
            "more": max(0, len(waiting) - DESCRIBED_AT_ONCE),
            "title": _("Describe pictures"),
        }
        return self.answer(request, "admin/pages/picture/describe.html", context)

    def page_named(self, request: HttpRequest) -> Page | None:
        """The page in the address, such as ``?page=events.event:12``, for somebody who may change it."""
        kind, _colon, number = request.GET.get("page", "").partition(":")
        if not kind:
            return None
        model = {each._meta.label_lower: each for each in page_models()}.get(kind)
        page = model.objects.filter(pk=number).first() if model and number.isdecimal() else None
        if page is None:
            raise Http404
        kept: Any = self.admin_site.get_model_admin(type(page))
        if not kept.may_write(request, page):
            raise PermissionDenied
        return page

    def answer(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        page = context["page"]
        changed = f"admin:{page._meta.app_label}_{page._meta.model_name}_change" if page else ""
        shared = {"opts": self.opts, "back": reverse(changed, args=[page.pk]) if page else ""}
        return TemplateResponse(
            request, template, {**self.admin_site.each_context(request), **shared, **context}
        )


def descriptions(request: HttpRequest, waiting: Sequence[Picture]) -> Any:
    """The forms of these pictures; when they come back, of those that were sent, whoever described some meanwhile."""
    formset = modelformset_factory(Picture, form=DescriptionForm, extra=0)
    shown = {picture.pk for picture in waiting}
    if request.method == "POST":
        sent = (str(value) for name, value in request.POST.items() if name.endswith("-id"))
        shown = {int(value) for value in sent if value.isdecimal()}
    return formset(request.POST or None, queryset=Picture.objects.filter(pk__in=shown).order_by("pk"))


def address(what: str, page: Page | None) -> str:
    query = {"page": f"{page._meta.label_lower}:{page.pk}"} if page else None
    return reverse(f"admin:pages_picture_{what}", query=query)
