"""The pages of whoever is signed in: my page, and what a member decides there. No cache keeps them."""

from collections.abc import Iterable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.member_feed import feed_url, subscribe_url
from events.member_pages import MyPage
from events.views.rsvp import see_other
from people.calendar_feed import renew_feed
from people.companions import MOST, keep_as
from people.models import Member
from people.preferences import CompanionsForm, PreferencesForm
from relationships.models import City
from sistercities.links import View, personal
from sistercities.mail.addresses import address_key
from sistercities.newsletter.links import Purpose, path_of
from sistercities.newsletter.models import Subscriber
from sistercities.pages.bilingual import current_language


def own(view: View) -> View:
    """For pages of one's own account: signed in, and never stored, indexed, or named to other sites."""

    @personal
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return view(request, request.user, *args, **kwargs)

    return guarded


@require_safe
@own
def my_page(request: HttpRequest, member: Member) -> HttpResponse:
    """Where I am awaited, where I was, what waits for my answer, and what is kept for me here."""
    page = MyPage(member)
    context = {
        "page": page,
        "member": member,
        "companions": member.companions.all(),
        "newsletters": _newsletters(page.addresses),
        "today": localdate(),
    }
    return render(request, "members/my_page.html", context)


def _newsletters(addresses: list[str]) -> list[tuple[Subscriber, str]]:
    """Who of my addresses gets the newsletter, each with the way to change that."""
    readers = Subscriber.objects.reading().alias(key=address_key("email")).filter(key__in=addresses)
    return [(reader, path_of(reader, Purpose.MANAGE, current_language())) for reader in readers]


@require_http_methods(["GET", "HEAD", "POST"])
@own
def preferences(request: HttpRequest, member: Member) -> HttpResponse:
    """Name, language, clocks and letters."""
    data = request.POST if request.method == "POST" else None
    # Another copy than that of the request: what is refused must not stand in the head of the page.
    form = PreferencesForm(data, instance=Member.objects.get(pk=member.pk), near=_zones_of_our_cities())
    if form.is_bound and form.is_valid():
        with translation.override(form.write().language):
            messages.success(request, _("Your preferences are saved."))
            return see_other(reverse("my_page"))
    context = {"form": form}
    return render(request, "members/preferences.html", context, status=422 if form.errors else 200)


def _zones_of_our_cities() -> Iterable[tuple[str, str]]:
    """The time zones of the cities that are written about here, by name."""
    ours = City.objects.published().filter(memberships__relationship__is_ours=True).exclude(timezone="")
    return [(city.timezone, str(city.title)) for city in ours.distinct().order_by("slug")]


@require_http_methods(["GET", "HEAD", "POST"])
@own
def companions(request: HttpRequest, member: Member) -> HttpResponse:
    """Whom I often bring along: add, rename, leave out."""
    rows = member.companions.all()
    form = CompanionsForm(request.POST if request.method == "POST" else None, companions=rows)
    if form.is_bound and form.is_valid():
        keep_as(member, form.names, form.cleaned_data.get("added", ""))
        messages.success(request, _("Your companions are saved."))
        return see_other(reverse("my_companions"))
    context = {"form": form, "most": MOST}
    return render(request, "members/companions.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@own
def my_calendar(request: HttpRequest, member: Member) -> HttpResponse:
    """The secret address of my calendar, and the button that gives it another."""
    if request.method == "POST":
        renew_feed(Member.objects.get(pk=member.pk))
        messages.success(request, _("Your calendar has a new address. The old one shows nothing any more."))
        return see_other(reverse("my_calendar"))
    language = current_language()
    context = {"address": feed_url(member, language), "opens": subscribe_url(member, language)}
    return render(request, "members/calendar.html", context)
