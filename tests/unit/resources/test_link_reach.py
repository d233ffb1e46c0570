"""Which IP addresses may be connected to: RFC 6890's registries, read by hand, and what ipaddress knows."""

import random
from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from yarl import URL

from bot.resources.links import reach
from bot.resources.links.reach import is_public, refusal

# "Globally reachable: false" in IANA's registries of special-purpose addresses, and multicast.
CLOSED = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "255.255.255.255/32",
    "::1/128",
    "::/128",
    "::ffff:0:0/96",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/23",
    "2001:2::/48",
    "2001:db8::/32",
    "2001:10::/28",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
    "2002::/16",
]

OPEN_SITES = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "93.184.215.14",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2001:200::",
    "2001:4860:4860::8888",
    "2606:4700::1111",
    "2a00:1450:4001::200e",
    "2003::1",
    "3ffe::",
    "2000::1",
]


@pytest.mark.parametrize("network", CLOSED)
def test_what_is_set_apart_is_not_public_from_its_first_address_to_its_last(network: str) -> None:
    space = ip_network(network)
    for number in (0, 1, space.num_addresses // 2, space.num_addresses - 1):
        assert not is_public(str(space[min(number, space.num_addresses - 1)]))


@pytest.mark.parametrize("address", OPEN_SITES)
def test_what_lies_beside_it_is(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "168.63.129.16",
        "192.88.99.1",
        "::8.8.8.8",
        "::ffff:8.8.8.8",
        "2002:808:808::",
        "2001:0:808:808::",
        "64:ff9b::127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "2606:4700::1111%eth0",
        "fe80::1%eth0",
        "1::",
        "4000::",
        "8000::1",
        "",
        "localhost",
        "127.1",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "2130706433",
        "8.8.8",
        "8.8.8.8.8",
        "8.8.8.8 ",
        "８.8.8.8",
        "[2606:4700::1111]",
        "2606:4700::1111/64",
    ],
)
def test_what_is_special_or_no_address_is_not_public(address: str) -> None:
    assert not is_public(address)


def test_ipv4_as_machines_with_ipv6_alone_reach_it_is_judged_by_itself() -> None:
    assert is_public("64:ff9b::8.8.8.8")
    assert not is_public("64:ff9b::10.0.0.1")


def test_nothing_is_public_that_ipaddress_does_not_call_global() -> None:
    chance = random.Random(6890)
    public = 0
    for _ in range(3000):
        four = IPv4Address(chance.getrandbits(32))
        six = IPv6Address(
            chance.choice([0x2001, 0x2002, 0x2606, 0xFE80, 0xFC00, 0]) << 112 | chance.getrandbits(112)
        )
        for number in (four, six):
            if is_public(str(number)):
                public += 1
                assert number.is_global
                assert not number.is_multicast
    assert public > 1000


def test_nothing_is_closed_without_a_reason() -> None:
    chance = random.Random(1918)
    for _ in range(3000):
        number = IPv4Address(chance.getrandbits(32))
        assert is_public(str(number)) == (number.is_global and not number.is_multicast)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://example.org/a", None),
        ("http://example.org:80", None),
        ("https://example.org:8443/", None),
        ("http://example.org:8080/", None),
        ("https://bücher.example.org/", None),
        ("http://8.8.8.8/", None),
        ("https://[2606:4700::1111]/", None),
        ("http://a.b.c.d.e.example.org./", None),
        ("http://example.org:443/", None),
        ("http://example.org:22/", reach.UNUSUAL_PORT),
        ("http://example.org:0/", reach.UNUSUAL_PORT),
        ("//example.org/", reach.NO_WEB_PAGE),
        ("/a", reach.NO_WEB_PAGE),
        ("", reach.NO_WEB_PAGE),
        ("http:///a", reach.NO_WEB_PAGE),
        ("http:a", reach.NO_WEB_PAGE),
        ("ws://example.org/", reach.NO_WEB_PAGE),
        ("HTTPS://user@example.org/", reach.WITH_PASSWORD),
        ("https://:secret@example.org/", reach.WITH_PASSWORD),
        ("http://localhost/", reach.NOT_PUBLIC),
        ("http://router/", reach.NOT_PUBLIC),
        ("http://sub.localhost/", reach.NOT_PUBLIC),
        ("http://nas.local./", reach.NOT_PUBLIC),
        ("http://db.corp.internal/", reach.NOT_PUBLIC),
        ("http://x.home.arpa/", reach.NOT_PUBLIC),
        ("http://10.0.0.1:8080/", reach.NOT_PUBLIC),
        ("http://10.0.0.1:22/", reach.NOT_PUBLIC),
        ("http://1.2.3/", reach.NOT_PUBLIC),
        ("http://example.0x7f/", reach.NOT_PUBLIC),
    ],
)
def test_an_address_is_judged_by_how_it_is_written(address: str, reason: str | None) -> None:
    assert refusal(URL(address)) == reason
