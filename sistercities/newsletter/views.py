"""Where readers ask for the newsletter, confirm, change its language, and leave. What a GET shows changes nothing."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from sistercities.links import View, personal
from sistercities.newsletter import subscribing
from sistercities.newsletter.forms import LanguageForm, SubscribeForm
from sistercities.newsletter.links import Purpose, find, leaver, path_of
from sistercities.newsletter.models import Subscriber
from sistercities.pages.bilingual import current_language, language_name
from sistercities.pages.forms_for_strangers import refusal

METHODS = ["GET", "HEAD", "POST"]
# The body of a request that leaves, from a mail program (RFC 8058) as from the button of the page.
ONE_CLICK = ("List-Unsubscribe", "One-Click")
ACTIVE = Subscriber.State.ACTIVE


@require_http_methods(METHODS)
@never_cache
def subscribe(request: HttpRequest) -> HttpResponse:
    """What the newsletter is, and the form; the answer is the same for every address."""
    if request.method != "POST":
        return _form_page(request, SubscribeForm(initial={"language": current_language()}))
    form = SubscribeForm(request.POST)
    if status := refusal(request, form, "newsletter"):
        return _form_page(request, form, status)
    if not form.is_from_a_robot:
        said = form.cleaned_data
        subscribing.ask(said["email"], said["language"], said["nonce"])
    return _see_other("newsletter_sent")


@require_safe
@never_cache
def sent(request: HttpRequest) -> HttpResponse:
    """ "See your mail", whoever asked and for which address."""
    return render(request, "newsletter/sent.html")


def _with_link(purpose: Purpose) -> Any:
    """For pages that a reader opens by a link of this purpose; one that is worthless is told so."""

    def guard(view: View) -> View:
        @require_http_methods(METHODS)
        @personal
        @wraps(view)
        def guarded(request: HttpRequest, token: str) -> HttpResponse:
            try:
                reader = find(token, purpose)
            except Subscriber.DoesNotExist:
                return _unknown(request)
            return view(request, reader)

        return guarded

    return guard


@_with_link(Purpose.CONFIRM)
def confirm(request: HttpRequest, reader: Subscriber) -> HttpResponse:
    """The button that confirms: programs that look into mails open links, and press nothing."""
    if not subscribing.may_confirm(reader):
        return _unknown(request)
    if request.method == "POST":
        subscribing.confirm(reader, current_language())
        return _see_other(path_of(reader, Purpose.MANAGE, current_language()) + "?done=confirmed")
    context = {"is_reader": reader.state == ACTIVE, "spoken": language_name(current_language())}
    return render(request, "newsletter/confirm.html", context)


@_with_link(Purpose.MANAGE)
def manage(request: HttpRequest, reader: Subscriber) -> HttpResponse:
    """The language of the newsletter, and the way out."""
    form = LanguageForm(
        request.POST if request.method == "POST" else None, initial={"language": reader.language}
    )
    if form.is_bound and form.is_valid():
        subscribing.speak(reader, form.cleaned_data["language"])
        return _see_other(path_of(reader, Purpose.MANAGE, form.cleaned_data["language"]) + "?done=changed")
    context = {
        "form": form,
        "address": masked(reader.email),
        "is_reader": reader.state == ACTIVE,
        "leave_url": path_of(reader, Purpose.LEAVE, current_language()),
        "done": request.GET.get("done", ""),
    }
    return render(request, "newsletter/manage.html", context, status=422 if form.errors else 200)


@csrf_exempt  # a mail program has no cookies; the address itself is the secret, and all it can do is to leave
@require_http_methods(METHODS)
@personal
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """The way out: at once for mail programs that send what RFC 8058 says, by one button for people."""
    try:
        reader = leaver(token)
    except Subscriber.DoesNotExist:
        return _unknown(request)
    name, value = ONE_CLICK
    is_meant = request.method == "POST" and request.POST.get(name) == value
    if is_meant and reader is not None:
        subscribing.leave(reader)
    gone = reader is None or is_meant or reader.state == Subscriber.State.LEFT
    return render(request, "newsletter/leave.html", {"is_gone": gone, "one_click": ONE_CLICK})


def masked(email: str) -> str:
    """An address as its owner knows it again: a mail may have been passed on."""
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}…@{domain}"


def _unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "newsletter/unknown.html", status=404)


def _form_page(request: HttpRequest, form: SubscribeForm, status: int = 200) -> HttpResponse:
    return render(request, "newsletter/subscribe.html", {"form": form}, status=status)


def _see_other(where: str) -> HttpResponse:
    """The next page, asked for with GET, so that a browser sends nothing twice."""
    response = HttpResponseRedirect(resolve_url(where))
    response.status_code = 303
    return response
