"""What may be connected to: web sites in the open internet, and nothing on the way to them. Pure.

Anybody can suggest an address, and any site can send whoever asks on to another one. So a look at a link must
never reach what only this machine can: itself, its neighbours, the services of its data centre.
"""

from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import TYPE_CHECKING

from bot.texts import mark

if TYPE_CHECKING:
    from yarl import URL

NOT_PUBLIC = mark("it leads to an address that is not public")
NO_WEB_PAGE = mark("it leads to something that is no web page")
WITH_PASSWORD = mark("it leads to an address with a name or a password in it")
UNUSUAL_PORT = mark("it leads to a port that is not looked at")

PORTS = frozenset({80, 443, 8080, 8443})
"""Where web sites are. On other ports there may be anything, so nothing is said to those."""

# The registries of special-purpose addresses (RFC 6890, kept by IANA), and what they do not have: space for
# many listeners, and the address at which Azure's machines reach their host.
_CLOSED_V4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # shared by a provider's customers
            "127.0.0.0/8",  # loopback
            "168.63.129.16/32",  # Azure's host
            "169.254.0.0/16",  # link-local, with the data centres' metadata
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments, some of them answered by one's own router
            "192.0.2.0/24",  # documentation
            "192.31.196.0/24",  # AS112
            "192.52.193.0/24",  # AMT
            "192.88.99.0/24",  # relays of 6to4
            "192.168.0.0/16",  # private
            "192.175.48.0/24",  # AS112
            "198.18.0.0/15",  # measuring
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)

_GLOBAL_V6 = IPv6Network("2000::/3")
"""All that was given out so far for global unicast; whatever lies outside is something special."""

_CLOSED_V6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocol assignments, with Teredo
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4, which carries an IPv4 address
            "2620:4f:8000::/48",  # AS112
            "3fff::/20",  # documentation
        ),
    )
)

_TRANSLATED = IPv6Network("64:ff9b::/96")
"""How machines with IPv6 alone reach IPv4 (NAT64); the IPv4 address is the last four bytes."""

_NAMES_AT_HOME = (
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "home.arpa",
    "test",
    "invalid",
    "onion",
)


def is_public(address: str) -> bool:
    """Whether an IP address, as it is written in full, belongs to a machine in the open internet."""
    number = _number(address)
    if isinstance(number, IPv6Address) and number in _TRANSLATED:
        number = IPv4Address(int(number) & 0xFFFF_FFFF)
    if isinstance(number, IPv4Address):
        return not any(number in network for network in _CLOSED_V4)
    if number is None or number.scope_id is not None or number not in _GLOBAL_V6:
        return False
    return not any(number in network for network in _CLOSED_V6)


def refusal(url: "URL") -> str | None:
    """Why an address is not even looked up, in words; None where it may be."""
    if url.scheme not in ("http", "https"):
        return NO_WEB_PAGE
    if url.raw_user is not None or url.raw_password is not None:
        return WITH_PASSWORD
    host = (url.raw_host or "").rstrip(".").lower()
    if not host:
        return NO_WEB_PAGE
    is_open = is_public(host) if _is_number(host) else "." in host and not is_at_home(host)
    if not is_open:
        return NOT_PUBLIC
    return None if url.port in PORTS else UNUSUAL_PORT


def _is_number(host: str) -> bool:
    """Whether a host is an IP address in any of the ways to write one, such as 0x7f.1 or 2130706433."""
    last = host.rpartition(".")[2]
    return ":" in host or last.isdigit() or last.startswith("0x")


def is_at_home(host: str) -> bool:
    """Whether a name is one of those that mean something else, or nothing, in each network."""
    return host in _NAMES_AT_HOME or host.endswith(tuple(f".{end}" for end in _NAMES_AT_HOME))


def _number(address: str) -> IPv4Address | IPv6Address | None:
    try:
        return IPv6Address(address) if ":" in address else IPv4Address(address)
    except AddressValueError:
        return None
