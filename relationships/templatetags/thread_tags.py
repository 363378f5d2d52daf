"""How long a bond has lasted, in words that claim no more than its dates prove."""

from django import template
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from relationships.lasting import Lasting, lasting
from relationships.models import Relationship
from sistercities.pages.dates import Sense

register = template.Library()


@register.filter
def lasted(bond: Relationship) -> str:
    """``{{ bond|lasted }}``: 45 years, about 54 years, lasted about 27 years; 至今45年, 至今约54年, 历时约27年."""
    found = lasting(bond.established, localdate(), bond.ended)
    return had_lasted(found) if bond.ended else has_lasted(found)


def has_lasted(found: Lasting) -> str:
    years = found.years
    if found.sense is Sense.ABOUT:
        words = ngettext("about %(years)s year", "about %(years)s years", years)
    elif found.sense is Sense.AFTER:
        words = ngettext("over %(years)s year", "over %(years)s years", years)
    elif found.sense is Sense.BEFORE:
        words = ngettext("under %(years)s year", "under %(years)s years", years)
    else:
        words = ngettext("%(years)s year", "%(years)s years", years)
    return words % {"years": years}


def had_lasted(found: Lasting) -> str:
    years = found.years
    if found.sense is Sense.ABOUT:
        words = ngettext("lasted about %(years)s year", "lasted about %(years)s years", years)
    elif found.sense is Sense.AFTER:
        words = ngettext("lasted over %(years)s year", "lasted over %(years)s years", years)
    elif found.sense is Sense.BEFORE:
        words = ngettext("lasted under %(years)s year", "lasted under %(years)s years", years)
    else:
        words = ngettext("lasted %(years)s year", "lasted %(years)s years", years)
    return words % {"years": years}
