"""What is said of .env, of the environment and of the token, and that no value ever shows."""

import pytest

from bot.doctor import token
from bot.doctor.env_file import EnvFile, judge
from bot.doctor.finding import Status

KNOWN = {"AUTODIDACT_TOKEN", "AUTODIDACT_DATABASE", "AUTODIDACT_SHARDS", "AUTODIDACT_LOG_LEVEL"}
SECRET = "MTIzNA.abcdef.secretpart"


def found(
    text: str | None, *, open_to_all: bool = False, **environment: str
) -> list[tuple[Status, str, str]]:
    file = EnvFile(".env", there=text is not None, text=text, open_to_all=open_to_all)
    around = {f"AUTODIDACT_{name}": value for name, value in environment.items()}
    findings = judge(file, {"PATH": "/bin", **around}, KNOWN, [])
    told = [(finding.status, finding.found, finding.advice or "") for finding in findings]
    assert "secretpart" not in str(told)
    return told


def only(text: str | None, **environment: str) -> tuple[Status, str]:
    ((status, said, _),) = found(text, open_to_all=False, **environment)
    return status, said


GOOD = f"""
# What follows is all right.
AUTODIDACT_TOKEN={SECRET}

export AUTODIDACT_DATABASE = "my own.db"   # with a remark
AUTODIDACT_SHARDS='2'
AUTODIDACT_LOG_LEVEL=
SOMETHING_ELSE="5' 3"
"""


def test_a_file_in_which_nothing_is_wrong_is_counted() -> None:
    assert only(GOOD) == (Status.OK, "3 settings from .env and the environment, the rest by default.")
    assert only(None, SHARDS="2") == (
        Status.OK,
        "1 setting from the environment, the rest by default; there is no .env here.",
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f'AUTODIDACT_TOKEN="{SECRET}\nAUTODIDACT_SHARDS=2\n', 1),
        (f"# A remark\n\nAUTODIDACT_TOKEN='{SECRET}\n", 3),
        (f'AUTODIDACT_TOKEN={SECRET}"\n', 1),
        (f'AUTODIDACT_SHARDS=2\nAUTODIDACT_TOKEN="{SECRET}\nAUTODIDACT_DATABASE="my.db"\n', 2),
        # Up to the next quote, it is all one value.
        (f'AUTODIDACT_TOKEN="{SECRET}\nAUTODIDACT_DATABASE=my.db"\n', 1),
        (f"AUTODIDACT_TOKEN=\"{SECRET}'\n", 1),
    ],
)
def test_a_quote_that_is_missing_is_told_with_its_line(text: str, line: int) -> None:
    (first, *_) = found(text)
    assert first[0] is Status.WRONG
    assert first[1].startswith(f".env, line {line}: a quote is missing")


@pytest.mark.parametrize(
    "line",
    [
        f"AUTODIDACT_TOKEN {SECRET}",
        f"AUTODIDACT_TOKEN: {SECRET}",
        "AUTODIDACT_SHARDS",
        '"AUTODIDACT_SHARDS"="2" and more',
    ],
)
def test_a_line_that_sets_nothing_is_told(line: str) -> None:
    findings = found(f"{line}\nAUTODIDACT_SHARDS=2\n")
    assert (Status.WRONG, ".env, line 1: this is not NAME=value, so it is left out.") in [
        each[:2] for each in findings
    ]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("AUTODIDACT_TOKE", "AUTODIDACT_TOKEN"),
        ("autodidact_tokn", "AUTODIDACT_TOKEN"),
        ("AUTODIDACT_DATABASES", "AUTODIDACT_DATABASE"),
        ("AUTODIDACT_LOGLEVEL", "AUTODIDACT_LOG_LEVEL"),
    ],
)
def test_a_name_that_is_none_is_told_with_the_one_that_may_be_meant(name: str, nearest: str) -> None:
    ((status, said, advice),) = found(f"{name}=1\n")
    assert (status, said) == (
        Status.WARNING,
        f"{name.upper()} is no setting of this version, and does nothing.",
    )
    assert advice == f"Is it to be {nearest}?"


def test_a_name_like_no_other_gets_no_guess() -> None:
    ((_, said, advice),) = found("", MOON="full")
    assert said.startswith("AUTODIDACT_MOON ")
    assert advice == ".env.example names all settings."


def test_a_token_in_place_of_a_name_is_not_shown() -> None:
    ((status, said, _),) = found(f"AUTODIDACT_{SECRET}=\n")
    assert (status, "too odd to be shown" in said) == (Status.WARNING, True)


def test_what_is_set_twice_is_told_and_which_of_them_holds() -> None:
    assert only("AUTODIDACT_SHARDS=1\nAUTODIDACT_SHARDS=2\n")[1].endswith(
        "more than once; the last one holds."
    )
    assert only(f"AUTODIDACT_TOKEN={SECRET}\n", TOKEN="another")[1] == (
        "AUTODIDACT_TOKEN is another in the environment than in .env; the environment's holds."
    )
    assert only(f"AUTODIDACT_TOKEN={SECRET}\n", TOKEN=SECRET)[0] is Status.OK


def test_a_token_that_everybody_may_read_is_told_and_an_empty_file_is_not() -> None:
    ((status, _, advice),) = found(f"AUTODIDACT_TOKEN={SECRET}\n", open_to_all=True)
    assert (status, advice) == (Status.WARNING, "chmod 600 .env")
    assert found("AUTODIDACT_TOKEN=\n", open_to_all=True)[0][0] is Status.OK


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (None, "There is no bot token."),
        ("", "There is no bot token."),
        (f"Bot {SECRET}", "It begins with a word that does not belong to it."),
        (f'"{SECRET}', "There is a quote in it; one may be missing around it."),
        (f"{SECRET}\nAUTODIDACT_SHARDS=2", "There is a space or a line break in it."),
        ("123456789012345678", "That is the application's id, not the token."),
        ("0f" * 32, "That is the application's public key, not the token."),
        ("aB3-_" * 6 + "xy", "That looks like the client secret, not like the token."),
        ("MTIzNA.abcdef", "A token has three parts with dots between, and this has not."),
        ("YWJj.abcdef.secretpart", "It does not begin as a token does; a part may be missing."),
        ("your-token-here", "It does not begin as a token does; a part may be missing."),
    ],
)
def test_what_is_no_token_is_told_apart(given: str | None, says: str) -> None:
    finding = token.judge(given)
    assert (finding.status, finding.found) == (Status.WRONG, says)
    assert finding.advice
    assert "secretpart" not in str(finding)


def test_a_token_says_of_which_application_it_is() -> None:
    finding = token.judge(SECRET)
    assert (finding.status, finding.found) == (Status.OK, "There is one, of the application 1234.")
