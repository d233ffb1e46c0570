"""Looks at a link, at sites that mean well: what is asked, redirects and certificates."""

import asyncio

import pytest

from bot import __version__
from bot.resources.links import checker as checker_module
from bot.resources.links import rules
from bot.resources.links.checker import LinkChecker
from bot.resources.links.rules import ALIVE, BLOCKED, Verdict, failed
from tests.links.nasty import A_PUBLIC_ADDRESS, OK, Internet, closed_port, leads_to, never, status
from tests.links.one_look import PAGE, SITE, answers, verdict

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


# Where nobody listens, and certificates.


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
