"""A member's own calendar: its secret address, which works in calendar programs without signing in, and a new one.

How such an address is made and opened is told in ``sistercities.links``.
"""

from django.db.models import F

from people.models import Member
from sistercities import links

PURPOSE = "feed"


def feed_token(member: Member) -> str:
    """The secret part of the address."""
    return links.token(PURPOSE, member.feed_handle, member.feed_version)


def member_of_feed(text: str) -> Member:
    """Whose calendar a token opens. Raises Member.DoesNotExist for one that is invalid or was replaced."""
    member = Member.objects.get(feed_handle=links.handle_in(text), is_active=True)
    if not links.is_signed(text, PURPOSE, member.feed_version):
        raise Member.DoesNotExist
    return member


def renew_feed(member: Member) -> None:
    """Give the calendar another address; whoever has the old one sees nothing any more."""
    Member.objects.filter(pk=member.pk).update(feed_version=F("feed_version") + 1)
    member.refresh_from_db(fields=["feed_version"])
