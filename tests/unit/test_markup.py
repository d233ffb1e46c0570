"""Showing text that people wrote as text, giving back what they typed, and the rights that are asked for."""

import re
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import discord
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from cogs.rights import PERMISSIONS, RIGHTS, invite_link, missing_rights
from cogs.ui import failures
from cogs.ui.failures import CODE_LETTERS, TYPED_AT_MOST, new_code
from cogs.ui.markup import as_text

EMBED_DESCRIPTION_HOLDS = 4096

MARKUP = ["*", "**", "_", "__", "~~", "||", "`", "```", "> ", ">>> ", "# ", "-# ", "- ", "\\", "[a](https://b.c)",
          "\n", " ", "word", "https://b.c/d_e_f", "<@1>", "(", ")", "[", "]"]  # fmt: skip
written = st.one_of(st.text(), st.lists(st.sampled_from(MARKUP), max_size=30).map("".join))

LIVE_LINK = re.compile(r"(?<!\\)(?:\\\\)*\[[^\]\n]+\](?<!\\\])\(\S+\)")


def as_read(shown: str) -> str:
    """What Discord shows: a backslash goes only where it stands before a mark."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**bold**", r"\*\*bold\*\*"),
        ("snake_case_name", r"snake\_case\_name"),
        ("a * b", r"a \* b"),
        ("`code`", r"\`code\`"),
        ("||spoiler||", r"\|\|spoiler\|\|"),
        ("# Heading", r"\# Heading"),
        ("> quote", r"\> quote"),
        ("- point", r"\- point"),
        ("  - point", r"  \- point"),
        ("Done:\n\n- loader\n- tests", "Done:\n\n\\- loader\n\\- tests"),
        ("C:\\new", r"C:\\new"),
        ("https://example.org/a_b_c*d", "https://example.org/a_b_c*d"),
        ("plain words, 70 % built.", "plain words, 70 % built."),
        ("<@123> <@&1> <#5> </setup:6>", r"\<@123> \<@&1> \<#5> \</setup:6>"),
        ("<:x:1> <a:x:1> <t:0:R> <id:customize>", r"\<:x:1> \<a:x:1> \<t:0:R> \<id:customize>"),
        ("<https://example.org> 1 < 2 <b>", "<https://example.org> 1 < 2 <b>"),
        ("می‌خواهم", "می‌خواهم"),
    ],
)
def test_markup_is_shown_and_links_stay_whole(text: str, shown: str) -> None:
    assert as_text(text, 1000) == shown


@pytest.mark.parametrize(
    "text",
    [
        "[click](https://example.org)",
        "[one](https://example.org) and [two](https://example.org)",
        "[x](y) then [two](https://example.org)",
        "first line\n[click](https://example.org)",
    ],
)
def test_no_link_is_disguised(text: str) -> None:
    assert not LIVE_LINK.search(as_text(text, 1000))


def test_markup_between_two_brackets_is_shown_as_well() -> None:
    assert "\\*\\*bold\\*\\*" in as_text("[a](b) **bold** [c](d)", 1000)


@given(written)
@example("[one](y) and [two](z)")
@example("[a](b) **c** (d)")
@example("Done:\n\n- loader")
@example("  - point")
def test_whatever_was_written_is_what_is_read(text: str) -> None:
    assume("://" not in text)
    shown = as_text(text, 10**6)
    assert as_read(shown) == text
    # No mark is left that would format anything, in the line or at its start.
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_~|`]", shown)
    assert not re.search(r"^\s*(?:#{1,3} |-#? |>(?:>>)? )", shown, re.MULTILINE)


@given(written, st.integers(1, 60))
@example(" " * 50, 10)
@example("\n" * 50, 10)
@example("*" * 50, 10)
def test_a_cut_text_keeps_to_its_limit_and_ends_in_an_ellipsis(text: str, limit: int) -> None:
    whole, shown = as_text(text, 10**6), as_text(text, limit)
    assert len(shown) <= limit
    if shown != whole:
        assert len(whole) > limit
        assert shown.endswith("…")
        assert whole.startswith(shown[:-1])
        assert (len(shown) - len(shown[:-1].rstrip("\\"))) == 1


def test_a_long_text_is_cut_between_words() -> None:
    assert as_text("one two three four five", 21) == "one two three four…"
    assert as_text("x" * 30, 10) == "x" * 9 + "…"


# --- giving back what was typed


def given_back(typed: dict[str, str]) -> tuple[str, str | None]:
    """The answer's text, and the attached file's where there is one."""
    embed = discord.Embed(description="That did not work.")
    file = failures._give_back(embed, typed)
    return embed.description or "", None if file is None else file.fp.read().decode()


def test_what_was_typed_comes_back_under_its_label_and_blanks_do_not() -> None:
    text, file = given_back({"What is done?": "a *loader*", "What is next?": " \n"})
    assert text.startswith("That did not work.")
    assert "**What is done?**\n```\na *loader*\n```" in text
    assert "What is next?" not in text
    assert file is None
    assert given_back({}) == ("That did not work.", None)


def test_what_is_too_long_for_the_answer_comes_back_as_a_file() -> None:
    typed = {"Done": "ä" * 3000, "Next": "y" * 600}
    text, file = given_back(typed)
    assert len(text) < 300
    assert file is not None
    assert all(label in file and words in file for label, words in typed.items())


boxed = st.lists(st.sampled_from(["`", "``", "```", "`" * 7, "a", "\n", "@everyone", "\u200b"])).map("".join)


@given(boxed)
@example("`" * 4)
def test_nothing_typed_closes_its_box(typed: str) -> None:
    text, _ = given_back({"Done": "x" + typed})
    assert text.count("```") == 2


@given(st.integers(0, TYPED_AT_MOST), st.sampled_from(["`", "```", "x", "\n", "😀"]))
@example(TYPED_AT_MOST, "`")
@example(TYPED_AT_MOST, "x")
def test_an_answer_with_what_was_typed_fits_into_a_message(length: int, piece: str) -> None:
    long_sentence = "s" * 300
    embed = discord.Embed(description=long_sentence)
    typed = ("x" + piece * length)[:length]
    failures._give_back(embed, {"What did you get done?": typed, "What blocks you?": "", "Minutes": "abc"})
    assert len(embed.description or "") <= EMBED_DESCRIPTION_HOLDS


def test_a_code_is_short_and_can_be_read_aloud() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) > 190
    assert all(re.fullmatch("[A-Z2-9]{6}", code) for code in codes)
    assert not set(CODE_LETTERS) & set("IL1O0")


# --- rights


@dataclass
class Server:
    me: str = "the bot"


@dataclass
class Channel:
    """As much of a channel as missing_rights looks at."""

    held: discord.Permissions
    guild: Server = field(default_factory=Server)

    def permissions_for(self, who: str) -> discord.Permissions:
        assert who == self.guild.me
        return self.held


def missing(held: discord.Permissions) -> list[str]:
    return [right.flag for right in missing_rights(cast(Any, Channel(held)))]


def test_only_what_is_missing_is_named() -> None:
    assert missing(discord.Permissions.all()) == []
    assert missing(discord.Permissions.none()) == [right.flag for right in RIGHTS]
    for right in RIGHTS:
        held = discord.Permissions(PERMISSIONS.value)
        setattr(held, right.flag, False)
        assert missing(held) == [right.flag]


def test_no_more_rights_are_asked_for_than_there_are_reasons() -> None:
    assert len([name for name, on in PERMISSIONS if on]) == len(RIGHTS)
    assert all(getattr(PERMISSIONS, right.flag) for right in RIGHTS)
    for never in ("administrator", "manage_guild", "manage_messages", "manage_threads", "mention_everyone"):
        assert not getattr(PERMISSIONS, never)
    assert all(right.reason and right.label for right in RIGHTS)


def test_the_invite_asks_for_the_bot_its_commands_and_just_these_rights() -> None:
    link = urlsplit(invite_link(1234))
    query = parse_qs(link.query)
    assert (link.scheme, link.hostname) == ("https", "discord.com")
    assert query["client_id"] == ["1234"]
    assert query["permissions"] == [str(PERMISSIONS.value)]
    assert set(query["scope"][0].split()) == {"bot", "applications.commands"}
