"""What is listed on the form of a bond, a city and a person, since one looks for it there."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from people.admin import PersonAdmin
from relationships.admin.bonds import RelationshipAdmin
from relationships.admin.places import CityAdmin
from relationships.models import Agreement, Milestone, Relationship, Signature
from sistercities.pages.admin_belonging import Belonging


def of_bond(bond: Relationship) -> dict[str, Any]:
    """An agreement of a bond is mostly signed by its cities."""
    parties = ",".join(str(party.city_id) for party in bond.parties.all())
    return {"relationship": bond.pk, "parties": parties}


RelationshipAdmin.belonging = [
    Belonging(_("Agreements"), Agreement, "relationship", of_bond, ordering=("signed_first", "pk")),
    Belonging(
        _("Milestones"),
        Milestone,
        "relationship",
        lambda bond: {"relationship": bond.pk},
        ordering=("happened_first", "pk"),
    ),
]
CityAdmin.belonging = [
    Belonging(
        _("Milestones"), Milestone, "city", lambda city: {"city": city.pk}, ordering=("happened_first", "pk")
    )
]
PersonAdmin.belonging = [
    *PersonAdmin.belonging,
    Belonging(_("Agreements that they signed"), Signature, "person", via="agreement"),
]
