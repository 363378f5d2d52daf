"""Comparing passwords, for those who have one: so often, and then no more for a while."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from people.models import Member
from people.roles import allowed, roles_of
from people.signing_in import member_at
from sistercities.limits.counting import HOUR, MINUTE, Limit
from sistercities.limits.networks import sender
from sistercities.mail.addresses import comparable

BY_NETWORK = Limit("passwords: network", 60, 10 * MINUTE)
FOR_ADDRESS_BY_NETWORK = Limit("passwords: address, network", 10, 10 * MINUTE)
FOR_ADDRESS = Limit("passwords: address", 200, HOUR)


class MemberBackend(AuthenticationBackend):
    """Signs in whoever has this address and this password, in the admin as on the pages of members.

    After too many tries nothing is compared, and the answer is that for a wrong one. A code or a passkey opens still.
    What somebody may do follows from their roles, whichever way they came in.
    """

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """All that is allowed somewhere, at own events only too (``people.roles.scope`` tells where)."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        known = user_obj.__dict__
        if "_all_rights" not in known:
            known["_beside_roles"] = frozenset(super().get_all_permissions(user_obj))
            known["_all_rights"] = {*known["_beside_roles"], *allowed(roles_of(user_obj))}
        rights: set[str] = known["_all_rights"]
        return rights

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Member | None:
        email, password = credentials.get("email") or credentials.get("username"), credentials.get("password")
        if not email or password is None:
            return None
        if request is not None and not self.may_try(sender(request), comparable(email)):
            raise PermissionDenied
        member = member_at(email)
        if member is None:
            Member().set_password(password)  # takes as long as comparing
            return None
        if not member.check_password(password):
            return None
        if request is not None:
            FOR_ADDRESS_BY_NETWORK.forget(comparable(email), sender(request))
        return member

    def may_try(self, network: str, key: str) -> bool:
        return (
            BY_NETWORK.allows(network)
            and FOR_ADDRESS_BY_NETWORK.allows(key, network)
            and FOR_ADDRESS.allows(key)
        )
