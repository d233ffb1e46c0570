"""A member's post for those who seek work: what may be put in, and the thread's own template."""

import pytest

from bot.checkins.rules import Evidence
from bot.errors import NotALink, NotAnEmail, TextTooLong
from bot.introductions.rules import FIELD_NAMES, LIMITS, Introduction, changed, draft_of
from tests.unit.test_tracker_board import TODAY

FULL = Introduction(
    location="Porto, Portugal",
    remote="Yes",
    relocate="Within the EU",
    technologies="Python, PyTorch, SQL",
    resume="https://ada.example/cv",
    email="ada@ada.example",
    built="A page that tells surfers where the waves are. Forty people look at it each morning.",
)


def evidence(url: str, *, showing: bool = False) -> Evidence:
    return Evidence(url, TODAY, showing)


def test_the_post_follows_the_template_with_empty_lines_that_keep_its_lines_apart() -> None:
    draft = draft_of(FULL, [evidence("https://waves.example")])
    assert draft.text.split("\n\n") == [
        "Location: Porto, Portugal",
        "Remote: Yes",
        "Willing to relocate: Within the EU",
        "Technologies: Python, PyTorch, SQL",
        "Résumé/CV: https://ada.example/cv",
        "Email: ada@ada.example",
        "A page that tells surfers where the waves are. Forty people look at it each morning.",
        "https://waves.example",
    ]
    assert (draft.missing, draft.has_links) == ((), True)


def test_what_is_missing_stands_in_brackets_and_is_named() -> None:
    draft = draft_of(Introduction(location="Porto"), [])
    assert draft.text.count("[") == 6
    assert draft.missing == ("remote", "relocate", "technologies", "resume", "email", "built")
    assert not draft.has_links


def test_three_links_at_most_those_for_showing_first_and_none_twice() -> None:
    shown = [evidence(f"https://{number}.example") for number in range(5)]
    shown[4] = evidence("https://4.example", showing=True)
    said = changed(FULL, {"built": "See https://1.example for the waves."})
    links = draft_of(said, shown).text.split("\n\n")[7:]
    assert links == ["https://4.example", "https://0.example", "https://2.example"]


def test_what_is_typed_is_cleaned_and_the_rest_is_kept() -> None:
    assert changed(FULL, {"remote": "  No,\n sorry "}) == Introduction(
        FULL.location, "No, sorry", *[getattr(FULL, name) for name in list(LIMITS)[2:]]
    )
    assert changed(FULL, {"email": ""}).missing == ("email",)


@pytest.mark.parametrize("name", list(LIMITS))
def test_every_field_has_a_limit_and_a_name(name: str) -> None:
    with pytest.raises(TextTooLong, match=FIELD_NAMES[name]):
        changed(FULL, {name: "https://a.example/" + "x" * LIMITS[name]})


@pytest.mark.parametrize(
    "email", ["ada", "ada@home", "@ada.example", "a b@c.de", "<a@b.de>", "a@b@c.de", "a@b."]
)
def test_what_is_no_address_of_mail_is_refused(email: str) -> None:
    with pytest.raises(NotAnEmail):
        changed(FULL, {"email": email})


@pytest.mark.parametrize("email", ["ada@ada.example", "a.b+jobs@mail.ada.example", "ada@münchen.example"])
def test_an_address_of_mail_is_kept_as_it_is(email: str) -> None:
    assert changed(FULL, {"email": email}).email == email


@pytest.mark.parametrize("link", ["ada.example/cv", "javascript:alert(1)", "ftp://ada.example"])
def test_a_resume_is_a_web_address(link: str) -> None:
    with pytest.raises(NotALink):
        changed(FULL, {"resume": link})
