"""How staff write the news, and answer what visitors wrote."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sistercities.news.admin_subjects import SubjectInline, subjects_view
from sistercities.news.models import Enquiry, Story, StoryPicture, Topic
from sistercities.pages import publishing
from sistercities.pages.admin import PageAdmin
from sistercities.pages.admin_galleries import GalleryRows
from sistercities.pages.admin_handling import Handling, in_short
from sistercities.pages.admin_roles import Translatable
from sistercities.pages.curating import BilingualFields
from sistercities.pages.templatetags.bilingual import pair


class PictureInline(GalleryRows):
    model = StoryPicture
    verbose_name_plural = _("Pictures of the story: the first stands at its head")


@admin.register(Story)
class StoryAdmin(PageAdmin):
    list_display = ["titles", "publication", "publish_at", *PageAdmin.list_display[2:]]
    list_filter = ["topics", *PageAdmin.list_filter]
    date_hierarchy = "publish_at"
    autocomplete_fields = ["topics"]
    inlines = [SubjectInline, PictureInline, *PageAdmin.inlines]
    own_fieldsets = [(_("Story"), {"fields": [("topics", "byline")]})]

    def get_urls(self) -> list[Any]:
        own = path("subjects/", self.admin_site.admin_view(subjects_view), name="news_story_subjects")
        return [own, *super().get_urls()]


@admin.register(Topic)
class TopicAdmin(BilingualFields, Translatable):
    """What stories are sorted by; readers choose among those that have one."""

    fields = [("name_en", "name_zh_hans"), "slug"]
    list_display = ["names", "slug"]
    search_fields = ["name_en", "name_zh_hans"]
    prepopulated_fields = {"slug": ["name_en"]}

    @admin.display(description=pgettext_lazy("of a thing", "name"), ordering="name_en")
    def names(self, topic: Topic) -> SafeString:
        return pair(topic, "name")

    def save_model(self, request: HttpRequest, obj: Topic, form: Any, change: bool) -> None:
        """Stories are found under the names of their topics."""
        super().save_model(request, obj, form, change)
        for story in obj.stories.all() if change else []:
            publishing.refresh(story, by=request.user)


@admin.register(Enquiry)
class EnquiryAdmin(Handling):
    """What visitors wrote by the contact form."""

    pills = {"new": "draft", "answered": "published", "closed": "complete"}
    list_display = ["subject", "short_text", "state_pill", "name", "received_at", "handled_by"]
    list_filter = ["state", "language", "received_at"]
    search_fields = ["subject", "text", "name", "email"]
    readonly_fields = [
        "subject",
        "text",
        "name",
        "reply",
        "language",
        "received_at",
        "handled_at",
        "handled_by",
    ]
    fieldsets = [
        (None, {"fields": ["subject", "text"]}),
        (_("Who writes"), {"fields": [("name", "reply"), ("language", "received_at")]}),
        (
            _("What became of it"),
            {
                "fields": ["state", "remark", ("handled_at", "handled_by")],
                "description": _(
                    "Answer by mail, from the association’s own address: nothing goes out by itself. Then say here "
                    "what you did. The message is deleted a year after that."
                ),
            },
        ),
    ]

    @admin.display(description=_("message"))
    def short_text(self, enquiry: Enquiry) -> str:
        return in_short(enquiry.text)

    @admin.display(description=_("e-mail"))
    def reply(self, enquiry: Enquiry) -> SafeString:
        return format_html('<a href="mailto:{0}">{0}</a>', enquiry.email)
