"""From where on the net somebody comes, as far as one can tell without believing what they say."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

NOWHERE = "0.0.0.0"  # noqa: S104 - nothing listens there; it stands for "not told", as behind a socket


def client_address(request: HttpRequest) -> str:
    """The address on the net from which a request came.

    Behind a proxy of ours it is the last one named in the header: that one the proxy has written itself, all before it
    may be made up. Without the setting BEHIND_PROXY the header is what anybody wrote, and not read.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    told = [_plain(forwarded.rpartition(",")[2]), _plain(request.META.get("REMOTE_ADDR", ""))]
    return next(filter(None, told), NOWHERE)


def network_of(address: str) -> str:
    """What counts as one sender: an IPv4 address; of IPv6 the network of a household, which has 2⁶⁴ of them."""
    plain = _plain(address)
    if ":" not in plain:
        return plain or address
    return str(ipaddress.ip_network((plain, 64), strict=False))


def sender(request: HttpRequest) -> str:
    """The network that a request comes from, as limits count it."""
    return network_of(client_address(request))


def _plain(text: str) -> str:
    """An address without brackets, port and zone, IPv4 in its own writing; empty where it is none."""
    text = text.strip().partition("%")[0]
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return ""
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return str(mapped or found)
