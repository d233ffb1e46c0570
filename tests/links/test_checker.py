"""Looks at a link, at sites that mean well and at sites that do not."""

import asyncio
import random
from collections.abc import Awaitable, Callable

import pytest

from bot import __version__
from bot.resources.links import checker as checker_module
from bot.resources.links import reach, rules
from bot.resources.links.checker import LinkChecker
from bot.resources.links.rules import ALIVE, BLOCKED, Verdict, failed
from tests.links.conftest import IMPATIENT
from tests.links.nasty import A_PUBLIC_ADDRESS, OK, Answer, Internet, Write, leads_to, status

PAGE = "http://learn.example.org/page"
SITE = "learn.example.org"


async def verdict(checker: LinkChecker, address: str = PAGE) -> Verdict:
    return (await checker.look(address)).verdict


def answers(internet: Internet, answer: Answer, path: str = "/page") -> None:
    internet.answers[SITE + path] = answer


# What is asked, and how.


async def test_a_page_that_is_there_is_asked_for_once_and_not_sent_for(
    internet: Internet, checker: LinkChecker
) -> None:
    answers(internet, OK)
    looked = await checker.look(PAGE)
    assert looked.verdict == ALIVE
    assert looked.sites == {SITE}
    assert internet.what_was_asked == [f"HEAD {SITE}/page"]
    assert internet.connected == [A_PUBLIC_ADDRESS]


async def test_it_says_who_asks_and_nothing_else(internet: Internet, checker: LinkChecker) -> None:
    answers(internet, OK)
    await checker.look(PAGE)
    (one,) = internet.asked
    assert one.headers["user-agent"].startswith(f"Autodidact/{__version__} (Discord bot")
    assert set(one.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert one.headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 410, 429, 500, 501, 503])
async def test_who_answers_badly_is_asked_for_the_page_itself(
    internet: Internet, checker: LinkChecker, code: int
) -> None:
    internet.answers[f"HEAD {SITE}/page"] = status(code)
    internet.answers[f"GET {SITE}/page"] = OK
    assert await verdict(checker) == ALIVE
    assert internet.what_was_asked == [f"HEAD {SITE}/page", f"GET {SITE}/page"]


@pytest.mark.parametrize("answer", [b"", b"\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Le"])
async def test_who_breaks_off_is_asked_for_the_page_itself(
    internet: Internet, checker: LinkChecker, answer: bytes
) -> None:
    internet.answers[f"HEAD {SITE}/page"] = answer
    internet.answers[f"GET {SITE}/page"] = OK
    assert await verdict(checker) == ALIVE


async def test_who_keeps_silent_is_asked_for_the_page_itself(
    internet: Internet, impatient: LinkChecker
) -> None:
    internet.answers[f"HEAD {SITE}/page"] = never
    internet.answers[f"GET {SITE}/page"] = OK
    assert await verdict(impatient) == ALIVE


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (200, ALIVE),
        (204, ALIVE),
        (206, ALIVE),
        (300, ALIVE),
        (401, BLOCKED),
        (403, BLOCKED),
        (405, BLOCKED),
        (429, BLOCKED),
        (451, BLOCKED),
        (999, BLOCKED),
        (404, failed(rules.NOT_THERE)),
        (410, failed(rules.TAKEN_DOWN)),
        (400, failed(rules.NOT_GIVEN)),
        (418, failed(rules.NOT_GIVEN)),
        (500, failed(rules.SITE_FAULT)),
        (503, failed(rules.SITE_FAULT)),
        (599, failed(rules.SITE_FAULT)),
    ],
)
async def test_what_the_page_itself_answers_counts(
    internet: Internet, checker: LinkChecker, code: int, expected: Verdict
) -> None:
    answers(internet, status(code))
    assert await verdict(checker) == expected


async def test_a_page_for_people_only_is_no_failure(internet: Internet, checker: LinkChecker) -> None:
    answers(internet, status(503, "CF-Mitigated: challenge"))
    assert await verdict(checker) == BLOCKED


async def test_what_is_said_before_the_answer_is_passed_over(
    internet: Internet, checker: LinkChecker
) -> None:
    answers(internet, b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + OK)
    assert await verdict(checker) == ALIVE


async def test_a_proxy_of_the_environment_is_not_used(
    internet: Internet, checker: LinkChecker, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://proxy.example.net:80")
    internet.site("proxy.example.net", "93.184.215.99")
    answers(internet, OK)
    assert await verdict(checker) == ALIVE
    assert internet.connected == [A_PUBLIC_ADDRESS]


def test_as_it_is_made_it_waits_for_so_long() -> None:
    timeout = checker_module.TIMEOUT
    assert timeout.connect is not None
    assert timeout.total is not None
    assert (timeout.connect, timeout.total) == (10, 20)
    assert checker_module.WHOLE_LOOK <= 60


# Redirects.


async def test_redirects_are_followed(internet: Internet, checker: LinkChecker) -> None:
    internet.site("www.example.net", "93.184.215.99")
    answers(internet, leads_to("/moved on?a=b#part", 301))
    answers(internet, leads_to("//www.example.net/x", 308), "/moved%20on?a=b")
    internet.answers["www.example.net/x"] = leads_to("https://learn.example.org/end", 307)
    answers(internet, OK, "/end")
    looked = await checker.look(PAGE)
    assert looked.verdict == ALIVE
    assert looked.sites == {SITE, "example.net"}
    assert internet.what_was_asked == [
        f"HEAD {SITE}/page",
        f"HEAD {SITE}/moved%20on?a=b",
        "HEAD www.example.net/x",
        f"HEAD {SITE}/end",
    ]


async def test_cookies_are_not_brought_back(internet: Internet, checker: LinkChecker) -> None:
    answers(internet, leads_to("/next", 302, "Set-Cookie: who=you; Path=/"))
    answers(internet, OK, "/next")
    assert await verdict(checker) == ALIVE
    assert all("cookie" not in one.headers for one in internet.asked)


@pytest.mark.parametrize(("redirects", "expected"), [(5, ALIVE), (6, failed(rules.LEADS_ON))])
async def test_redirects_are_followed_so_far_and_no_further(
    internet: Internet, checker: LinkChecker, redirects: int, expected: Verdict
) -> None:
    for number in range(redirects):
        answers(internet, leads_to(f"/{number + 1}"), f"/{number}")
    answers(internet, OK, f"/{redirects}")
    assert await verdict(checker, f"http://{SITE}/0") == expected
    # Six by HEAD, and where that came to nothing six by GET.
    assert len(internet.asked) == (6 if expected == ALIVE else 12)


@pytest.mark.parametrize(
    ("where", "requests"), [(PAGE, 1), ("/page", 1), ("#top", 1), (" page ", 1), ("/other", 2)]
)
async def test_a_circle_is_noticed(
    internet: Internet, checker: LinkChecker, where: str, requests: int
) -> None:
    answers(internet, leads_to(where))
    answers(internet, leads_to("/page"), "/other")
    assert await verdict(checker) == failed(rules.LEADS_ROUND)
    # By HEAD, and once more by GET.
    assert len(internet.asked) == 2 * requests


async def test_a_circle_for_want_of_a_cookie_is_no_failure(internet: Internet, checker: LinkChecker) -> None:
    answers(internet, leads_to("/page", 302, "Set-Cookie: seen=1"))
    assert await verdict(checker) == BLOCKED


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("header", ["X-Location: /", "Location: ", "Location:   "])
async def test_a_redirect_to_nowhere_is_a_failure(
    internet: Internet, checker: LinkChecker, code: int, header: str
) -> None:
    answers(internet, status(code, header))
    assert await verdict(checker) == failed(rules.LEADS_NOWHERE)


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


# Sites that do not mean well.


async def never(write: Write) -> None:
    await asyncio.sleep(3600)


async def drips_headers(write: Write) -> None:
    await write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        await write(b"x")
        await asyncio.sleep(0.005)


async def says_wait_for_ever(write: Write) -> None:
    while True:
        await write(b"HTTP/1.1 102 Processing\r\n\r\n")
        await asyncio.sleep(0.001)


@pytest.mark.parametrize("answer", [never, drips_headers, says_wait_for_ever])
async def test_a_slow_answer_is_not_waited_for(
    internet: Internet, impatient: LinkChecker, answer: Callable[[Write], Awaitable[None]]
) -> None:
    answers(internet, answer)
    assert await verdict(impatient) == failed(rules.NO_ANSWER)
    assert internet.what_was_asked == [f"HEAD {SITE}/page", f"GET {SITE}/page"]


async def test_a_look_has_an_end_whatever_comes(
    internet: Internet, checker: LinkChecker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checker_module, "WHOLE_LOOK", 0.1)
    answers(internet, never)
    assert await verdict(checker) == failed(rules.NO_ANSWER, unsure=True)
    answers(internet, leads_to("/next"))
    answers(internet, never, "/next")
    assert await verdict(checker) == failed(rules.NO_ANSWER)


async def drips_a_body(write: Write) -> None:
    await write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    while True:
        await write(b"x")
        await asyncio.sleep(0.005)


async def pours_a_body(write: Write) -> None:
    await write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        await write(b"x" * 65536)


async def pours_chunks(write: Write) -> None:
    await write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n")
    while True:
        await write(b"10000\r\n" + b"\x00" * 65536 + b"\r\n")


@pytest.mark.parametrize("answer", [drips_a_body, pours_a_body, pours_chunks])
async def test_a_body_is_not_waited_for(
    internet: Internet, checker: LinkChecker, answer: Callable[[Write], Awaitable[None]]
) -> None:
    internet.answers[f"HEAD {SITE}/page"] = status(405)
    internet.answers[f"GET {SITE}/page"] = answer
    async with asyncio.timeout(2):
        assert await verdict(checker) == ALIVE
        await internet.broken_off.wait()


async def pours_headers(write: Write) -> None:
    await write(b"HTTP/1.1 200 OK\r\n")
    while True:
        await write(b"X-Again: " + b"x" * 1000 + b"\r\n")


async def pours_one_header(write: Write) -> None:
    await write(b"HTTP/1.1 200 OK\r\nX-Again: ")
    while True:
        await write(b"x" * 65536)


@pytest.mark.parametrize(
    "answer",
    [
        pours_headers,
        pours_one_header,
        b"",
        b"\x00\xff" * 500,
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"220 mail.example.org ESMTP\r\n",
        b"HTTP/1.1 20 OK\r\n\r\n",
        b"HTTP/1.1 two hundred\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n: nameless\r\n\r\n",
        b"<html>It works!</html>",
    ],
)
async def test_what_cannot_be_read_is_a_failure(
    internet: Internet, checker: LinkChecker, answer: Answer
) -> None:
    answers(internet, answer)
    async with asyncio.timeout(2):
        assert await verdict(checker) == failed(rules.UNREADABLE)


async def test_a_long_header_that_real_sites_have_is_read(internet: Internet, checker: LinkChecker) -> None:
    answers(internet, status(200, f"Content-Security-Policy: {'x' * 30_000}"))
    assert await verdict(checker) == ALIVE


async def test_whatever_the_bytes_it_comes_to_a_verdict(internet: Internet, impatient: LinkChecker) -> None:
    chance = random.Random(6)
    whole = leads_to("http://[::1]/é", 301, "Set-Cookie: a=b", "Content-Encoding: br") + OK
    for _ in range(60):
        mangled = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            mangled[chance.randrange(len(mangled))] = chance.randrange(256)
        answers(internet, bytes(mangled[: chance.randrange(20, len(mangled) + 1)]))
        await impatient.look(PAGE)
    assert set(internet.connected) == {A_PUBLIC_ADDRESS}


# Where nobody listens, and certificates.


async def closed_port() -> int:
    """A port of loopback at which nobody listens."""
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    server.close()
    return port


async def test_where_nobody_listens_it_says_so(internet: Internet, checker: LinkChecker) -> None:
    internet.ports[80] = await closed_port()
    assert await verdict(checker) == failed(rules.NO_CONNECTION, unsure=True)
    assert internet.asked == []


async def test_a_certificate_of_the_name_is_believed(internet: Internet, checker: LinkChecker) -> None:
    answers(internet, OK)
    assert await verdict(checker, "https://learn.example.org/page") == ALIVE


async def test_a_certificate_of_another_name_is_not(internet: Internet, checker: LinkChecker) -> None:
    internet.site("www.example.net")
    assert await verdict(checker, "https://www.example.net/") == failed(rules.BAD_CERTIFICATE, unsure=True)
    answers(internet, leads_to("https://www.example.net/"))
    assert await verdict(checker) == failed(rules.BAD_CERTIFICATE)
    assert internet.what_was_asked == [f"HEAD {SITE}/page"]


async def test_nor_is_one_that_vouches_for_itself(internet: Internet, impatient: LinkChecker) -> None:
    assert await verdict(impatient, f"https://{SITE}/") == failed(rules.BAD_CERTIFICATE, unsure=True)


async def test_nor_is_a_site_without_one(internet: Internet, checker: LinkChecker) -> None:
    async def speaks_plainly(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(status(400))
        writer.close()

    async with await asyncio.start_server(speaks_plainly, "127.0.0.1", 0) as server:
        internet.ports[443] = server.sockets[0].getsockname()[1]
        assert await verdict(checker, f"https://{SITE}/") == failed(rules.BAD_CERTIFICATE, unsure=True)
