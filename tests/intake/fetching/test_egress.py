"""Which addresses may be connected to: every disguise of a private one is refused, whatever the name server says."""

from __future__ import annotations

import ipaddress

import pytest

from sayso.errors import RefusedError
from sayso.intake.fetching import Egress, is_public

PRIVATE = [
    "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "192.0.2.1",
    "192.88.99.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fec0::1",
    "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
    "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:f5ff:fffe",
    "2606:4700::5efe:7f00:1", "100::1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("address", PRIVATE)
def test_no_private_address_is_public_in_any_disguise(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_the_address_that_was_checked_is_the_one_connected_to() -> None:
    """A name server that answers otherwise the second time is not asked a second time."""
    answers = [["8.8.8.8"], ["127.0.0.1"]]
    egress = Egress(resolver=lambda host, port: answers.pop(0))
    assert egress.address("rebinds.example", 80) == "8.8.8.8"
    with pytest.raises(RefusedError, match=r"127\.0\.0\.1, no public address"):
        egress.address("rebinds.example", 80)
    assert len(egress.refused) == 1


def test_of_several_addresses_a_public_one_is_taken() -> None:
    assert Egress(resolver=lambda host, port: ["10.0.0.1", "8.8.4.4"]).address("x.example", 80) == "8.8.4.4"


ALLOWED = [
    ("127.0.0.1:8080", 8080, True),
    ("127.0.0.1:8080", 8081, False),
    ("127.0.0.0/8", 1, True),
    ("[::1]:80", 80, False),
    ("10.0.0.1", 80, False),
    ("rubbish", 80, False),
]


@pytest.mark.parametrize(("allowed", "port", "passes"), ALLOWED)
def test_only_what_is_allowed_is_allowed(allowed: str, port: int, passes: bool) -> None:
    egress = Egress(allowed=(allowed,))
    if passes:
        assert egress.address("127.0.0.1", port) == "127.0.0.1"
    else:
        with pytest.raises(RefusedError):
            egress.address("127.0.0.1", port)


def test_error_a_resolver_that_fails_or_hangs() -> None:
    def fails(host: str, port: int) -> list[str]:
        raise OSError

    def hangs(host: str, port: int) -> list[str]:
        import time

        time.sleep(2)
        return ["8.8.8.8"]

    for resolver in (fails, hangs):
        with pytest.raises(RefusedError, match="has no address"):
            Egress(resolver=resolver, wait=0.1).address("x.example", 80)
