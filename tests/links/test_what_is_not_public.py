"""Where a look never goes, wherever an address leads to or a name points."""

import asyncio

import pytest

from bot.resources.links import checker as checker_module
from bot.resources.links import reach, rules
from bot.resources.links.checker import LinkChecker
from bot.resources.links.rules import ALIVE, BLOCKED, failed
from tests.links.conftest import IMPATIENT
from tests.links.nasty import A_PUBLIC_ADDRESS, OK, Internet, closed_port, leads_to, status
from tests.links.one_look import PAGE, SITE, answers, verdict

NOT_FOR_US = [
    "http://127.0.0.1/",
    "https://127.0.0.1/",
    "http://127.8.8.8/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.8/",
    "http://172.20.0.1/",
    "http://192.168.1.1/",
    "http://100.100.100.200/",
    "http://168.63.129.16/",
    "http://0.0.0.0/",
    "http://0/",
    "http://[::]/",
    "http://[::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[2606:4700::1111%25eth0]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::10.0.0.1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::]/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.1/",
    "http://127.0.0.1./",
    "http://１２７.0.0.1/",
    "//10.0.0.8/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://metadata/",
    "http://metadata.google.internal/",
    "http://printer.local/",
]


@pytest.mark.parametrize("where", NOT_FOR_US)
async def test_what_is_not_public_is_not_even_looked_up(
    internet: Internet, checker: LinkChecker, where: str
) -> None:
    answers(internet, leads_to(where))
    assert await verdict(checker) == failed(reach.NOT_PUBLIC)
    assert internet.what_was_asked == [f"HEAD {SITE}/page"]
    assert (internet.looked_up, internet.connected) == ([SITE], [A_PUBLIC_ADDRESS])


@pytest.mark.parametrize("where", [one for one in NOT_FOR_US if one.startswith("http")])
async def test_nor_is_it_as_the_address_itself(internet: Internet, checker: LinkChecker, where: str) -> None:
    assert await verdict(checker, where) == failed(reach.NOT_PUBLIC)
    assert (internet.looked_up, internet.connected) == ([], [])


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "169.254.169.254", "10.1.2.3", "::ffff:10.1.2.3"])
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_name_of_something_that_is_not_public_is_not_connected_to(
    internet: Internet, checker: LinkChecker, address: str, scheme: str
) -> None:
    internet.site("inside.example.net", address)
    answers(internet, leads_to(f"{scheme}://inside.example.net/"))
    assert await verdict(checker) == failed(reach.NOT_PUBLIC)
    assert internet.connected == [A_PUBLIC_ADDRESS]
    # With nobody's answer so far, it may be this network that answers for every name.
    assert await verdict(checker, "http://inside.example.net/") == failed(reach.NOT_PUBLIC, unsure=True)
    assert internet.connected == [A_PUBLIC_ADDRESS]


@pytest.mark.parametrize("without", [["refusal"], ["_sifted"], ["refusal", "_sifted"]])
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_each_guard_stands_by_itself(
    internet: Internet,
    checker: LinkChecker,
    monkeypatch: pytest.MonkeyPatch,
    without: list[str],
    scheme: str,
) -> None:
    for guard in without:
        monkeypatch.setattr(checker_module, guard, {"refusal": lambda url: None, "_sifted": list}[guard])
    internet.site("inside.example.net", "10.0.0.8", "::1", "fd00::1")
    for host in ("10.0.0.8", "[::1]", "0x7f.1", "inside.example.net"):
        answers(internet, leads_to(f"{scheme}://{host}/"))
        looked = await checker.look(PAGE)
        assert looked.verdict.has_failed
    assert set(internet.connected) == {A_PUBLIC_ADDRESS}


@pytest.mark.parametrize(
    ("where", "problem"),
    [
        ("ftp://learn.example.org/", reach.NO_WEB_PAGE),
        ("javascript:alert(1)", reach.NO_WEB_PAGE),
        ("file:///etc/passwd", reach.NO_WEB_PAGE),
        ("data:text/html,hello", reach.NO_WEB_PAGE),
        ("mailto:someone@example.org", reach.NO_WEB_PAGE),
        ("gopher://learn.example.org:80/", reach.NO_WEB_PAGE),
        ("http://[::1", reach.NO_WEB_PAGE),
        ("http://learn.example.org:eighty/", reach.NO_WEB_PAGE),
        ("http://learn.example.org:99999/", reach.NO_WEB_PAGE),
        ("http://someone:secret@learn.example.org/", reach.WITH_PASSWORD),
        ("http://someone@learn.example.org/", reach.WITH_PASSWORD),
        ("http://127.0.0.1\\@learn.example.org/", reach.NO_WEB_PAGE),
    ],
)
async def test_what_is_no_web_page_is_not_followed(
    internet: Internet, checker: LinkChecker, where: str, problem: str
) -> None:
    answers(internet, leads_to(where))
    assert await verdict(checker) == failed(problem)
    assert len(internet.asked) == 1


@pytest.mark.parametrize("port", [1, 22, 25, 6379, 8000, 65535])
async def test_other_ports_are_left_alone_and_nothing_is_said_against_them(
    internet: Internet, checker: LinkChecker, port: int
) -> None:
    answers(internet, leads_to(f"http://learn.example.org:{port}/"))
    assert await verdict(checker) == BLOCKED
    looked = await checker.look(f"https://learn.example.org:{port}/")
    assert (looked.verdict, looked.sites) == (BLOCKED, frozenset())
    assert len(internet.asked) == len(internet.connected) == 1


# Names that change, and names with many addresses.


async def test_a_name_that_changes_its_address_is_looked_up_once(
    internet: Internet, checker: LinkChecker
) -> None:
    internet.names[SITE] = [[A_PUBLIC_ADDRESS], ["127.0.0.1"]]
    internet.answers[f"HEAD {SITE}/page"] = status(405)
    internet.answers[f"GET {SITE}/page"] = leads_to("/again")
    answers(internet, OK, "/again")
    assert await verdict(checker) == ALIVE
    assert internet.looked_up == [SITE]
    assert internet.connected == [A_PUBLIC_ADDRESS] * 3
    # At the next look the name is inside, and so it is refused.
    assert await verdict(checker) == failed(reach.NOT_PUBLIC, unsure=True)
    assert internet.connected == [A_PUBLIC_ADDRESS] * 3


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1", A_PUBLIC_ADDRESS],
        [A_PUBLIC_ADDRESS, "127.0.0.1"],
        ["::1", "fe80::1%eth0", "10.0.0.1", A_PUBLIC_ADDRESS, "169.254.169.254"],
    ],
)
async def test_of_a_name_with_addresses_of_both_kinds_the_public_ones_are_connected_to(
    internet: Internet, checker: LinkChecker, addresses: list[str]
) -> None:
    internet.site(SITE, *addresses)
    answers(internet, OK)
    assert await verdict(checker) == ALIVE
    assert internet.connected == [A_PUBLIC_ADDRESS]


async def test_where_the_public_one_of_them_is_down_no_other_is_tried(
    internet: Internet, checker: LinkChecker
) -> None:
    internet.site(SITE, "127.0.0.1", A_PUBLIC_ADDRESS, "10.0.0.1")
    internet.ports[80] = await closed_port()
    assert await verdict(checker) == failed(rules.NO_CONNECTION, unsure=True)
    assert set(internet.connected) == {A_PUBLIC_ADDRESS}


async def test_a_machine_without_ipv6_takes_the_other_way(internet: Internet, checker: LinkChecker) -> None:
    internet.without_ipv6 = True
    internet.site(SITE, *(f"2606:4700::{number}" for number in range(1, 9)), A_PUBLIC_ADDRESS)
    answers(internet, OK)
    assert await verdict(checker) == ALIVE
    assert internet.connected == [A_PUBLIC_ADDRESS]


async def test_of_a_hundred_addresses_few_are_tried(internet: Internet, checker: LinkChecker) -> None:
    internet.site(SITE, *(f"93.184.215.{number}" for number in range(1, 101)))
    internet.ports[80] = await closed_port()
    assert await verdict(checker) == failed(rules.NO_CONNECTION, unsure=True)
    assert set(internet.connected) == {"93.184.215.1", "93.184.215.2", "93.184.215.3"}


@pytest.mark.parametrize("host", ["gone.example.net", f"{'a' * 64}.example.net"])
async def test_a_name_that_nobody_knows_is_a_failure(
    internet: Internet, checker: LinkChecker, host: str
) -> None:
    assert await verdict(checker, f"https://{host}/") == failed(rules.NO_SUCH_SITE, unsure=True)
    answers(internet, leads_to(f"https://{host}/"))
    # Here somebody answered, so it is not this machine's own line.
    assert await verdict(checker) == failed(rules.NO_SUCH_SITE)


async def test_the_systems_own_lookup_is_asked_for_labels_that_are_too_long() -> None:
    host = f"{'a' * 64}.example.net"
    assert await verdict(LinkChecker(), f"http://{host}/") == failed(rules.NO_SUCH_SITE, unsure=True)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
async def test_the_systems_own_lookup_gives_addresses(host: str) -> None:
    try:
        found = await checker_module.look_up(host, 80)
    except OSError:
        pytest.skip(f"{host} is nothing here")
    assert set(found) <= {"127.0.0.1", "::1"}
    assert found


async def test_a_name_service_that_keeps_silent_is_not_waited_for(internet: Internet) -> None:
    async def look_up(host: str, port: int) -> list[str]:
        await asyncio.sleep(3600)
        return []

    impatient = LinkChecker(lookup=look_up, new_socket=internet.new_socket, timeout=IMPATIENT)
    assert await verdict(impatient) == failed(rules.NO_CONNECTION, unsure=True)
