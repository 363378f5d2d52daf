"""Signing in with a code that comes by mail.

A code is stored nowhere. It follows from a key of ours, the member, when they last signed in, the address, and a random
word; the worker works it out when it writes the letter, and the page when the code is entered. So a sign-in ends all
codes of before, and neither the outbox nor a copy of the database holds one.

Asking runs the same statements for every address; whether it is a member's is found out by the worker. Nobody can use
up what is left to another: what one network asks counts against that network first. Where an address was asked for too
often no more letters go there, the page says the same, and takes the codes that the address has received already.
"""

import secrets
import unicodedata
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.timezone import now

from people.models import Member
from sistercities.limits.counting import HOUR, MINUTE, Limit
from sistercities.mail import outbox
from sistercities.mail.addresses import address_key, comparable
from sistercities.mail.models import Message

KIND = "account_code"
SALT = "people.signing_in"
GOOD_FOR = timedelta(minutes=15)
DIGITS = 8
# An office or a mobile carrier shares one address on the net, and many of its members may come in one hour.
ASKED_BY_NETWORK = Limit("codes asked: network", 60, HOUR)
ASKED_FOR_ADDRESS_BY_NETWORK = Limit("codes asked: address, network", 5, 15 * MINUTE)
# Its span is no longer than a code is good: whoever gets no more letters has one whose code can be entered.
ASKED_FOR_ADDRESS = Limit("codes asked: address", 8, int(GOOD_FOR.total_seconds()))
TRIED_IN_ONE_GO = Limit("codes tried: sign-in", 3, HOUR)
TRIED_BY_NETWORK = Limit("codes tried: network", 300, HOUR)
# Of codes that were sent when somebody else asked; one's own are tried three times, whatever others do.
TRIED_FOR_ADDRESS_BY_NETWORK = Limit("codes tried: address, network", 10, HOUR)
TRIED_FOR_ADDRESS = Limit("codes tried: address", 1000, HOUR)


def new_word() -> str:
    return secrets.token_urlsafe(12)


@dataclass
class Pending:
    """A sign-in that waits for its code, as the session keeps it."""

    email: str
    following: str = ""  # the page to go to afterwards
    begun: str = field(default_factory=lambda: now().isoformat())
    name: str = field(default_factory=new_word)  # under which its tries are counted
    word: str = ""  # of its letter; empty where none was sent any more

    @property
    def is_over(self) -> bool:
        return datetime.fromisoformat(self.begun) + GOOD_FOR < now()


class WrongCode(Exception):
    """This is not the code; another try is allowed."""


class Ended(Exception):
    """Three tries are over, or too many came from one network: a new code has to be asked for."""


def member_at(email: str) -> Member | None:
    """Whoever signs in with this address: it is confirmed as theirs, or the one that staff have entered."""
    key = comparable(email)
    confirmed = EmailAddress.objects.alias(key=address_key("email")).filter(
        key=key, verified=True, user=OuterRef("pk")
    )
    found = Member.objects.filter(is_active=True).alias(key=address_key("email"))
    found = found.annotate(is_confirmed=Exists(confirmed))
    return found.filter(Q(key=key) | Q(is_confirmed=True)).order_by("-is_confirmed", "pk").first()


def begin(email: str, network: str, language: str, following: str = "") -> Pending:
    """Ask for the first code of a sign-in."""
    pending = Pending(email, following)
    send(pending, network, language)
    return pending


def send(pending: Pending, network: str, language: str) -> None:
    """Ask for a letter with a code, which replaces the one before; or do nothing where that was done too often."""
    if not may_ask(pending.email, network):
        return
    pending.word, pending.name, pending.begun = new_word(), new_word(), now().isoformat()
    outbox.queue(
        key=f"{KIND}:{pending.word}",
        kind=KIND,
        to_email=pending.email,
        language=language,
        snapshot={"word": pending.word, "until": (now() + GOOD_FOR).isoformat()},
    )


def may_ask(email: str, network: str) -> bool:
    """Count a letter that somebody asks for; the network first: what is over its measure it takes from nobody else."""
    key = comparable(email)
    return (
        ASKED_BY_NETWORK.allows(network)
        and ASKED_FOR_ADDRESS_BY_NETWORK.allows(key, network)
        and ASKED_FOR_ADDRESS.allows(key)
    )


def enter(pending: Pending, typed: str, network: str) -> Member:
    """Whose code this is. Raises WrongCode, or Ended where no more may be tried.

    Tries are counted before they are looked at, so that of forty that come together three are.
    """
    tried = TRIED_IN_ONE_GO.count(pending.name)
    if tried > TRIED_IN_ONE_GO.most or not TRIED_BY_NETWORK.allows(network):
        raise Ended
    if not pending.word and not _may_try_codes_of_others(comparable(pending.email), network):
        raise Ended
    member = member_at(pending.email)
    words = [pending.word] if pending.word else words_sent_to(pending.email)
    codes = [code_of(member, pending.email, word) for word in words]
    if member is not None and any(constant_time_compare(plain(typed), code) for code in codes):
        return member
    raise Ended if tried == TRIED_IN_ONE_GO.most else WrongCode


def _may_try_codes_of_others(key: str, network: str) -> bool:
    """Count a try at codes that this sign-in did not ask for; the network first, as with letters."""
    return TRIED_FOR_ADDRESS_BY_NETWORK.allows(key, network) and TRIED_FOR_ADDRESS.allows(key)


def words_sent_to(email: str) -> list[str]:
    """The words of the codes that this address has received, or will, and that are still good."""
    asked = Message.objects.filter(kind=KIND, created_at__gt=now() - GOOD_FOR)
    asked = asked.alias(key_of_address=address_key("to_email")).filter(key_of_address=comparable(email))
    return [snapshot["word"] for snapshot in asked.values_list("snapshot", flat=True)]


def code_of(member: Member | None, email: str, word: str) -> str:
    """The code that belongs to a letter; for nobody's address one that opens nothing, worked out all the same."""
    who = f"{member.pk} {member.last_login} {member.sessions_version}" if member else "nobody"
    digest = salted_hmac(SALT, f"{who} {comparable(email)} {word}", algorithm="sha256").digest()
    return str(int.from_bytes(digest[:8], "big") % 10**DIGITS).zfill(DIGITS)


def plain(typed: str) -> str:
    """A code as it is compared: full-width figures as plain ones, without what only parts them."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", typed) if letter.isalnum())


def prove(member: Member, email: str) -> None:
    """The address has received a code, so it is the member's own beyond doubt."""
    addresses = EmailAddress.objects.filter(user=member)
    address, _is_new = addresses.get_or_create(user=member, email=email.lower())
    if not address.verified and address.set_verified(commit=False):
        address.primary = not addresses.filter(primary=True).exists()
        address.save()


# --- in the session -------------------------------------------------------------------------------------

SESSION_KEY = "sign_in"


def keep(session: Any, pending: Pending) -> None:
    session[SESSION_KEY] = asdict(pending)


def pending_in(session: Any) -> Pending | None:
    """The sign-in that waits in this session, if it is not too old."""
    kept = session.get(SESSION_KEY)
    pending = Pending(**kept) if kept else None
    return None if pending is None or pending.is_over else pending


def following_in(session: Any) -> str:
    """Where the sign-in of this session was to lead, however old it is."""
    return str(session.get(SESSION_KEY, {}).get("following", ""))


def let_go(session: Any) -> None:
    session.pop(SESSION_KEY, None)
