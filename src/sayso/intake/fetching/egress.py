"""The guard at the door (GUARANTEES G12): which network addresses may be connected to, decided where it is done.

A name is resolved once; each address it stands for is unwrapped (IPv4 inside IPv6), and must be global and not
multicast; the connection goes to *that* address, not to the name, so that a second answer of the name server is never
asked for. It holds for every connection, so for every redirect and every robots.txt too.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from sayso.errors import RefusedError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE: Final = ipaddress.IPv6Network("::/96")
_REFUSED: Final = tuple(
    ipaddress.ip_network(each)
    for each in (
        "192.88.99.0/24",  # 6to4 relays, given up
        "240.0.0.0/4",
        "64:ff9b:1::/48",  # NAT64 of one's own network
        "100::/64",
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fec0::/10",
        "fe80::/10",
    )
)
_ISATAP: Final = (0x00005EFE, 0x02005EFE)


def is_public(address: Address) -> bool:
    """Tell whether an address, and every IPv4 address inside it, is one of the public internet."""
    return all(_is_public_itself(each) for each in _unwrapped(address))


def _is_public_itself(address: Address) -> bool:
    inside = any(address.version == net.version and address in net for net in _REFUSED)
    return address.is_global and not (address.is_multicast or address.is_reserved or inside)


def _unwrapped(address: Address) -> Iterator[Address]:
    """Yield the IPv4 addresses that an IPv6 address stands for; the address itself where it is more than a wrapper."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
        return
    low = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _NAT64 or address in _COMPATIBLE:
        yield low
        return
    if address.sixtofour:
        yield address.sixtofour
        return
    if address.teredo:
        yield from address.teredo
        return
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        yield low
    yield address


@dataclass(slots=True)
class Egress:
    """Decides where a connection goes.

    Attributes:
        allowed: addresses or networks, with or without a port (``127.0.0.1:8080``, ``10.1.0.0/16``), that may be
            connected to though they are not public; for tests and for a desk's own servers.
        resolver: host and port → addresses; the system's if left out.
        wait: seconds that the resolver has.
        refused: what was refused, host and why; for counting.

    """

    allowed: Sequence[str] = ()
    resolver: Resolver | None = None
    wait: float = 10.0
    refused: list[str] = field(default_factory=list)

    def address(self, host: str, port: int) -> str:
        """Return the one address to connect to.

        Raises:
            RefusedError: the name stands for no address, or for none that may be connected to.

        """
        addresses = [found for words in self._resolved(host, port) if (found := _parsed(words)) is not None]
        for each in addresses:
            if is_public(each) or self._is_allowed(each, port):
                return str(each)
        why = f"stands for {', '.join(map(str, addresses[:3]))}, no public address" if addresses else "has no address"
        self.refused.append(f"{host}: {why}")
        raise RefusedError(f"{host} {why}", place=f"{host}:{port}", way_out="name public addresses, or allow this one")

    def _is_allowed(self, address: Address, port: int) -> bool:
        return any(_matches(each, address, port) for each in self.allowed)

    def _resolved(self, host: str, port: int) -> Sequence[str]:
        """Ask for the addresses of a name, in a thread: the system's resolver has no time limit of its own."""
        literal = _parsed(host.strip("[]"))
        if literal is not None:
            return [str(literal)]
        answers: list[Sequence[str]] = []

        def ask() -> None:
            try:
                answers.append((self.resolver or system_resolver)(host, port))
            except (OSError, UnicodeError, ValueError):
                answers.append(())

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(self.wait)
        return answers[0] if answers else ()


def system_resolver(host: str, port: int) -> list[str]:
    """Return the addresses that the system's resolver gives for a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def _parsed(words: str) -> Address | None:
    try:
        return ipaddress.ip_address(words.partition("%")[0])
    except ValueError:
        return None


def _matches(allowed: str, address: Address, port: int) -> bool:
    host, colon, number = allowed.rpartition(":")
    if colon and number.isdigit() and not (host.count(":") and not host.startswith("[")):
        if int(number) != port:
            return False
        allowed = host.strip("[]")
    try:
        network = ipaddress.ip_network(allowed, strict=False)
    except ValueError:
        return False
    return network.version == address.version and address in network
