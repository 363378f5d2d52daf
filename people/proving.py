"""Which addresses are a member's own beyond doubt, and what joins the account once one of them is shown to be.

An address is proven by a code that was sent to it. What was given with it before, signed out, lies on floors above:
each app says in a module ``member_pages``, with ``@joins``, what of its own joins the account. Joining twice changes
nothing.
"""

from collections.abc import Callable, Iterable

from allauth.account.models import EmailAddress
from django.utils.module_loading import autodiscover_modules

from people.models import Member
from sistercities.mail.addresses import comparable

# What is to be told to the member of what has joined, in sentences.
Join = Callable[[Member, list[str]], Iterable[str]]
_joins: list[Join] = []


def joins(join: Join) -> Join:
    """Mark what takes into an account that which was given with its addresses (as ``comparable`` has them)."""
    _joins.append(join)
    return join


def proven_addresses(member: Member) -> list[str]:
    """The addresses of a member that are confirmed, as ``comparable`` has them."""
    confirmed = EmailAddress.objects.filter(user=member, verified=True).order_by("pk")
    return [comparable(email) for email in confirmed.values_list("email", flat=True)]


def join_account(member: Member) -> list[str]:
    """Take into the account what belongs to its proven addresses; returns what the member should be told of it."""
    autodiscover_modules("member_pages")
    if not (addresses := proven_addresses(member)):
        return []
    return [words for join in _joins for words in join(member, addresses)]
