"""How somebody invited is addressed."""

from django import template

from events.forms_of_address import salutation
from events.models import Invitation
from sistercities.pages.bilingual import current_language

register = template.Library()


@register.filter
def addressed(invitation: Invitation) -> str:
    """``{{ invitation|addressed }}``: “Dear Prof. Mei Chen,”, 尊敬的梁文教授：, in the language of the page."""
    return salutation(invitation, current_language())
