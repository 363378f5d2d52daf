"""The link to a new password, as a letter brings it.

Programs that look at mail follow every link in it. So the page behind this one shows a button, and only the press on it
takes the key into the browser's session and leads to the form.
"""

from allauth.account.views import password_reset_from_key
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from sistercities.links import personal

FORM = "set-password"  # in place of the key, once the session holds it


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def password_link(request: HttpRequest, uidb36: str, key: str) -> HttpResponse:
    if key != FORM and request.method != "POST":
        return render(request, "account/password_link.html")
    answer: HttpResponse = password_reset_from_key(request, uidb36=uidb36, key=key)
    return answer
