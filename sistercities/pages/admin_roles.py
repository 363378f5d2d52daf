"""What roles may do with a page: some write it, some translate it, some publish it. Every form of the admin asks."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.http import HttpRequest

from sistercities.pages.admin_ties import WithoutTies
from sistercities.pages.bilingual import languages
from sistercities.pages.models import Status

PUBLISH = "pages.publish"
TRANSLATE = "pages.translate"
# When a page becomes public, or ceases to be: for whoever may publish.
PUBLICATION = ("status", "publish_at", "embargo_until")


def is_text(column: str) -> bool:
    """Whether a column holds a text in one language: that is what translators change."""
    return any(column.endswith(f"_{code.replace('-', '_')}") for code in languages())


def may_translate(request: HttpRequest, model: Any) -> bool:
    texts = any(is_text(field.name) for field in model._meta.concrete_fields)
    return texts and request.user.has_perm(TRANSLATE)


def all_but_texts(fields: Iterable[Any]) -> list[str]:
    return [name for name in fields if not is_text(str(name))]


class PartRights(admin.options.InlineModelAdmin):
    """Mixed into the parts of a page: whoever may not write the page itself changes no more than texts in them."""

    is_of_others = False  # set for one request, where the page is not one's own to write

    def may_write(self, request: HttpRequest, obj: Any = None) -> bool:
        return not self.is_of_others and super().has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_write(request, obj) or may_translate(request, self.model)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not self.is_of_others and super().has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not self.is_of_others and super().has_delete_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = super().get_readonly_fields(request, obj)
        if self.may_write(request, obj) or not self.has_change_permission(request, obj):
            return fixed
        shown: Any = [(None, {"fields": self.fields})] if self.fields else self.fieldsets or []
        return [*fixed, *all_but_texts(flatten_fieldsets(shown))]


class Translatable(WithoutTies):
    """Mixed into the admin of whatever readers read: whoever only translates finds all but the texts fixed."""

    def may_write(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether all of it may be changed, and not only its texts."""
        return super().has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_write(request, obj) or may_translate(request, self.model)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = super().get_readonly_fields(request, obj)
        if obj is None or self.may_write(request, obj):
            return fixed
        return [*fixed, *all_but_texts(flatten_fieldsets(self.get_fieldsets(request, obj)))]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nothing is filled in by itself where it cannot be filled in."""
        fixed = self.get_readonly_fields(request, obj)
        known = super().get_prepopulated_fields(request, obj)
        return {name: sources for name, sources in known.items() if name not in fixed}

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> Any:
        found: list[Any] = super().get_inline_instances(request, obj)
        if obj is not None and not self.may_write(request, obj):
            for inline in found:
                inline.is_of_others, inline.max_num = True, 0  # see PartRights
        return found


class Publishable(Translatable):
    """Mixed into the admin of pages: who writes them need not be who makes them public, or takes them away."""

    def may_publish(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PUBLISH)

    # Named as the actions of the admin ask for it.
    def has_publish_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_publish(request) and self.may_write(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A draft may be deleted by whoever writes it, what is published by whoever publishes."""
        is_draft = obj is not None and obj.status == Status.DRAFT
        return super().has_delete_permission(request, obj) and (self.may_publish(request) or is_draft)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = super().get_readonly_fields(request, obj)
        if self.may_publish(request):
            return fixed
        shown = flatten_fieldsets(self.get_fieldsets(request, obj))
        return [*fixed, *(name for name in PUBLICATION if name in shown and name not in fixed)]
