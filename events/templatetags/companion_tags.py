"""The companions that a member has us remember, on the form of an answer; nothing of it for strangers."""

from typing import Any

from django import template

from events.companions import TICK

register = template.Library()
NAMES = "known-companions"


@register.inclusion_tag("events/_companions_known.html")
def companions_known(form: Any) -> dict[str, Any]:
    """``{% companions_known form %}``, before the fields of companions: their names to choose from, each by one tap.

    Without a script the browser offers the same names while one types.
    """
    known = list(form.member.companions.all()) if form.member and form.companions else []
    for guest in form.companions if known else []:
        guest.name.field.widget.attrs["list"] = NAMES
    return {"companions": known, "name": NAMES}


@register.inclusion_tag("events/_companions_remember.html")
def companions_remember(form: Any) -> dict[str, Any]:
    """``{% companions_remember form %}``, behind these fields: a tick by which the names are remembered from now on."""
    return {"is_asked": form.member and form.companions, "name": TICK, "is_ticked": TICK in form.data}
