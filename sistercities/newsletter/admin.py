"""Who reads the newsletter, as staff see it; the newsletters themselves are in ``admin_newsletters``."""

import secrets
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sistercities.newsletter import subscribing
from sistercities.newsletter.admin_newsletters import NewsletterAdmin
from sistercities.newsletter.models import Newsletter, Subscriber
from sistercities.pages.curating import ADDRESSES, pill

PILLS = {"asked": "draft", "active": "published", "left": "complete", "unreachable": "incomplete"}


@admin.register(Subscriber)
class SubscriberAdmin(admin.ModelAdmin):
    """Staff may ask on somebody's behalf, and take somebody off; only the reader can confirm."""

    list_display = ["email", "language", "state_pill", "asked_at", "confirmed_at", "left_at", "bounces"]
    list_filter = ["state", "language", "confirmed_at"]
    search_fields = ["email"]
    formfield_overrides = ADDRESSES
    ordering = ["-asked_at", "-pk"]
    list_per_page = 50
    show_full_result_count = False
    actions = ["ask_again", "take_off"]
    fieldsets = [
        (
            None,
            {
                "fields": [("email", "language")],
                "description": _(
                    "Enter only who has asked you. A letter goes to the address; the newsletter comes once the "
                    "link in it has been confirmed. Nobody can be put on the list without that."
                ),
            },
        ),
        (_("Where it stands"), {"fields": [("state_pill", "asked_at", "confirmed_at", "left_at")]}),
        (_("Mail that came back"), {"fields": [("bounces", "bounced_since", "bounced_at")]}),
    ]
    readonly_fields = [
        "state_pill",
        "asked_at",
        "confirmed_at",
        "left_at",
        "bounces",
        "bounced_since",
        "bounced_at",
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fieldsets(request, obj) if obj else self.fieldsets[:1]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Another address is another reader, who has to confirm it."""
        return ["email", *self.readonly_fields] if obj else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Subscriber, form: Any, change: bool) -> None:
        if change:
            subscribing.speak(obj, obj.language)
            return
        subscribing.ask(obj.email, obj.language, secrets.token_hex(), by_staff=True)
        obj.pk = Subscriber.objects.at(obj.email).get().pk

    @admin.display(description=_("state"), ordering="state")
    def state_pill(self, subscriber: Subscriber) -> SafeString:
        return pill(PILLS[subscriber.state], subscriber.get_state_display())

    @admin.action(description=_("Send the letter that asks to confirm once more"), permissions=["change"])
    def ask_again(self, request: HttpRequest, queryset: QuerySet[Subscriber]) -> None:
        chosen = list(queryset.exclude(state=Subscriber.State.ACTIVE)[:100])
        for each in chosen:
            subscribing.ask(each.email, each.language, secrets.token_hex(), by_staff=True)
        self.say(
            request, ngettext("%(count)d letter goes out.", "%(count)d letters go out.", len(chosen)), chosen
        )

    @admin.action(description=_("Take off the list"), permissions=["change"])
    def take_off(self, request: HttpRequest, queryset: QuerySet[Subscriber]) -> None:
        chosen = list(queryset.exclude(state=Subscriber.State.LEFT))
        for each in chosen:
            subscribing.leave(each)
        words = ngettext("%(count)d reader is taken off.", "%(count)d readers are taken off.", len(chosen))
        self.say(request, words, chosen)

    def say(self, request: HttpRequest, words: str, chosen: list[Subscriber]) -> None:
        level = messages.SUCCESS if chosen else messages.WARNING
        self.message_user(request, words % {"count": len(chosen)}, level)


admin.site.register(Newsletter, NewsletterAdmin)
