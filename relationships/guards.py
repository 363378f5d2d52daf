"""What the database refuses of bonds and agreements, in words; its triggers are in the migration ``guards``."""

from typing import Any

from django.db import IntegrityError, connection
from django.utils.translation import gettext_lazy as _

from relationships.models import Agreement, Relationship

RENEWAL_LOOP = _("These renewals would lead round in a circle: follow “renews” from one to the next.")
DEFERRED = "relationship_has_its_cities, party_renews_key"
REFUSALS: dict[str, Any] = {
    "relationship_has_its_cities": _(
        "A published bond that lasts has two present cities, an alliance three or more. Somebody may have changed it "
        "at the same moment: look at its cities again."
    ),
    "relationship_successors_without_loop": _("Bonds cannot supersede each other in a circle."),
    "agreement_renewals_without_loop": RENEWAL_LOOP,
} | {
    str(constraint.name): constraint.violation_error_message
    for model in (Relationship, Agreement)
    for constraint in model._meta.constraints
    if constraint.violation_error_message
}


def in_words(refused: IntegrityError) -> Any:
    """What a refusal of the database means for whoever wrote, in words; None where it is none of ours."""
    diagnosis = getattr(refused.__cause__, "diag", None)
    return REFUSALS.get(getattr(diagnosis, "constraint_name", None) or "")


def check_now() -> None:
    """Ask at once what the database would ask when the transaction ends, so that it can still be told beside a form."""
    with connection.cursor() as cursor:
        cursor.execute(f"set constraints {DEFERRED} immediate")
        cursor.execute(f"set constraints {DEFERRED} deferred")
