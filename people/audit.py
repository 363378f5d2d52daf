"""What must be true of accounts: nobody may do anything that no role says."""

from collections.abc import Iterator

from people.granting import beside_a_role
from sistercities.audit import checks


@checks(
    "nobody has rights beside a role",
    remedy="Give the member the role that is needed in the admin (“Who may do what”), and take away the other rights.",
)
def beside() -> Iterator[str]:
    for pk in beside_a_role().values_list("pk", flat=True):
        yield f"member {pk} may do what no role says"
