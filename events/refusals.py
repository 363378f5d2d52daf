"""How a page says that an answer was not taken: refused for a reason, or not now because too many answer at once."""

from django.forms import BaseForm
from django.utils.translation import gettext_lazy as _

from events.answers import Refused
from sistercities.busy import Busy

TRY_AGAIN = _("Many are answering just now. Nothing was recorded; please press again in a moment.")


def tell(form: BaseForm, problem: Refused | Busy) -> int:
    """Write the reason beside what was typed, all of which stays; gives the status that the page is answered with."""
    if isinstance(problem, Busy):
        form.add_error(None, TRY_AGAIN)
        return 503
    form.add_error(problem.field if problem.field in form.fields else None, str(problem.message))
    return 422
