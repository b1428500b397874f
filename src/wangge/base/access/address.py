"""From which address somebody asks: the one place that says so, for every limit that counts by address.

Behind a proxy the connection's own address is the proxy's, the same for everybody. What a proxy adds to
``X-Forwarded-For`` counts only when the connection comes from an address that the installation names as its proxy;
anybody else can write what they like there, and is counted by where the connection comes from.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Network = IPv4Network | IPv6Network
HOPS = 10  # of a chain of proxies, counted from us: a header may be as long as somebody likes
HOME = 64  # bits of an IPv6 address that one connection has: the rest is chosen by whoever has it


class ProxyUnclear(ValueError):
    """A proxy's address in the settings that is none; the message says which."""


def networks(text: str) -> list[Network]:
    """Addresses and networks as the setting names them, with commas between. Raises ProxyUnclear."""
    found = []
    for one in filter(None, (part.strip() for part in text.split(","))):
        try:
            found.append(ip_network(one, strict=False))
        except ValueError as error:
            raise ProxyUnclear(
                f"WANGGE_PROXIES names {one}, no address and no network. Write them like 127.0.0.1,10.0.0.0/24."
            ) from error
    return found


def client_of(request: HttpRequest) -> str:
    """The client's address; of an IPv6 address the network of its connection; '' where the server gives none."""
    return client_at(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", ""))


def client_at(peer: str, forwarded: str) -> str:
    """The same from where the connection comes from and what ``X-Forwarded-For`` says."""
    at = _read(peer)
    line = forwarded.split(",")
    for hop in reversed(line[-HOPS:]):
        if at is None or not _ours(at, settings.WANGGE_PROXIES):
            break
        before = _read(hop)
        if before is None:
            break  # what a proxy did not write: the last address that is certain counts
        at = before
    return _counted(at)


def _read(text: str) -> IPv4Address | IPv6Address | None:
    try:
        at = ip_address(text.strip())
    except ValueError:
        return None
    return (at.ipv4_mapped or at) if isinstance(at, IPv6Address) else at


def _ours(at: IPv4Address | IPv6Address, proxies: Iterable[Network]) -> bool:
    return any(at in network for network in proxies)


def _counted(at: IPv4Address | IPv6Address | None) -> str:
    if isinstance(at, IPv6Address) and not at.is_loopback:
        return str(ip_network((at, HOME), strict=False).network_address)
    return str(at) if at else ""
