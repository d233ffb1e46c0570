"""Addresses, read out of posts written for this test."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.leads.reading.contacts import read_emails, read_urls
from bot.leads.reading.structure import PostText


def emails(text: str) -> tuple[str, ...]:
    read = read_emails(PostText(text))
    if read is None:
        return ()
    assert read.quote in text
    return read.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to jobs@plover.example.", ("jobs@plover.example",)),
        ("(ann+hn@plover.example.org)", ("ann+hn@plover.example.org",)),
        ("Mail ann [at] plover.example", ("ann [at] plover.example",)),
        ("Mail ann[at]plover.example", ("ann[at]plover.example",)),
        ("ann (at) plover (dot) example", ("ann (at) plover (dot) example",)),
        ("ann [at] plover [dot] example [dot] org", ("ann [at] plover [dot] example [dot] org",)),
        ("Email me: ann at plover dot org", ("ann at plover dot org",)),
        ("Reach out to jobs at plover.org", ("jobs at plover.org",)),
        ("send me an email at ann.b at plover.org", ("ann.b at plover.org",)),
        ("ann AT plover DOT org", ("ann AT plover DOT org",)),
        ("seb _at_ plover _dot_ org", ("seb _at_ plover _dot_ org",)),
        ("ann _at_ plover.example", ("ann _at_ plover.example",)),
        ("ann dot b at plover.org", ("ann dot b at plover.org",)),
        ("Ann @ jobs@plover.example", ("jobs@plover.example",)),
        ("a@b.example, c@d.example, a@b.example", ("a@b.example", "c@d.example")),
    ],
)
def test_addresses_are_given_as_written(text: str, expected: tuple[str, ...]) -> None:
    assert emails(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Apply at plover.org or look at our page at plover.org",
        "Learn more at plover.org. Work at plover.org!",
        "Ask me: ann@",
        "We meet at noon. See you at the lake dot",
        "Twitter: @plover",
        "Our CTO at Plover Inc. likes it",
        "",
    ],
)
def test_pages_and_handles_are_no_addresses(text: str) -> None:
    assert emails(text) == ()


def test_web_addresses_are_given_once_and_without_the_sentence_around_them() -> None:
    read = read_urls(
        PostText("See https://plover.example/jobs. (Or http://plover.example) https://plover.example/jobs")
    )
    assert read is not None
    assert read.value == ("https://plover.example/jobs", "http://plover.example")
    assert read_urls(PostText("plover.example")) is None


@pytest.mark.parametrize("text", ["https://[::1", "http://]", "https://", "http://?"])
def test_half_an_address_is_none(text: str) -> None:
    assert read_urls(PostText(text)) is None


PIECES = st.sampled_from(
    ["ann", "@", " at ", "[at]", ".", " dot ", "org", " ", "_at_", "\n", "(", ")", "mail ", "+", "-"]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_whatever_is_written_reading_never_fails_and_quotes_the_text(text: str) -> None:
    for email in emails(text):
        assert email in text
