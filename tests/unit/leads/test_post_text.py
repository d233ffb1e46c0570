"""From HTML to plain text: what is kept, what is put in its place."""

from time import thread_time

import pytest

from bot.leads.post_text import opening, plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Acme &amp; Sons | Berlin<p>We&#x27;re hiring.", "Acme & Sons | Berlin\n\nWe're hiring."),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        (
            '<a href="https:&#x2F;&#x2F;acme.example&#x2F;jobs&#x2F;1" '
            'rel="nofollow">https:&#x2F;&#x2F;acme.exa...</a>',
            "https://acme.example/jobs/1",
        ),
        ("<pre><code>  - Engineer\n  - Designer\n</code></pre>", "- Engineer\n  - Designer"),
        ("first\\nsecond", "first\nsecond"),
        ("<i>Very</i> <b>good</b>", "Very good"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("a\u200bb\u202ec\x00d", "abcd"),
        ("\U0001d5e6\U0001d5f2\U0001d5fb\U0001d5f6\U0001d5fc\U0001d5ff", "Senior"),
        ("tight\u00a0space", "tight space"),
        ("\ud800lone", "lone"),
        ("", ""),
    ],
)
def test_the_text_is_what_a_reader_sees(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_a_link_that_is_never_closed_loses_no_words() -> None:
    assert (
        plain_text('<a href="https://acme.example">Acme is hiring') == "https://acme.example Acme is hiring"
    )


@pytest.mark.parametrize("piece", ["<a ", "&", "<", " ", "<p>", "&nbsp;", "\\n", "\U0001d5e6"])
def test_a_long_text_of_one_piece_takes_no_time_to_speak_of(piece: str) -> None:
    began = thread_time()
    plain_text(piece * (100_000 // len(piece)) + "x")
    assert thread_time() - began < 0.3


def test_an_opening_ends_between_words() -> None:
    assert opening("Acme builds tools\nfor gardeners.", 22) == "Acme builds tools for…"
    assert opening("Acme builds tools.", 80) == "Acme builds tools."
    assert len(opening("x" * 500, 40)) == 40
