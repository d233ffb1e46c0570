"""An idea as it is asked for and shown: the fields of its form, and its texts. Shared by ideas and polls."""

from collections.abc import Mapping
from typing import Any

import discord

from bot.ideas.rules import LINK_LIMIT, PART_NAMES, TEXT_LIMIT, TITLE_LIMIT, IdeaText, Part, clean_idea
from bot.texts import gettext as _
from cogs.ui.fitting import shares, shortened
from cogs.ui.forms import Form
from cogs.ui.lasting import custom_id_of
from cogs.ui.markup import as_text

# Escaped, a text may come to twice its length.
TITLE_SHOWN, PART_SHOWN = 2 * TITLE_LIMIT, 2 * TEXT_LIMIT
LABEL_LIMIT = 80


def add_idea_fields(form: Form, values: Mapping[str, str]) -> None:
    """Add the five fields of an idea to a form, filled in with what is there by their names.

    `values` are those of an idea (`values_of`), a draft of what was refused, or nothing.
    """
    for part in Part:
        field = _field(part)
        field.default = values.get(part, "")[: field.max_length] or None
        form.add_field(_(PART_NAMES[part]), field)


def values_of(text: IdeaText) -> dict[str, str]:
    """An idea as the values of its fields."""
    return {
        Part.TITLE.value: text.title,
        Part.PROBLEM.value: text.problem,
        Part.ANGLE.value: text.angle,
        Part.BASELINE.value: text.baseline,
        Part.LINK.value: text.link,
    }


def typed_idea(values: Mapping[str, str]) -> dict[str, str]:
    """What was typed into the fields of an idea, by their names; to be kept as a draft."""
    return {part.value: values.get(part, "") for part in Part}


def labelled(values: Mapping[str, str]) -> dict[str, str]:
    """What was typed, by what stood over each field; for `answer_error` to give it back."""
    return {_(PART_NAMES[part]): values.get(part, "") for part in Part}


def read_idea(values: Mapping[str, str]) -> IdeaText:
    """The idea that was typed into a form; raises TitleMissing, TextTooLong or NotALink."""
    return clean_idea(*(values.get(part, "") for part in Part))


def idea_line(title: str) -> str:
    """An idea on one line of a text: its title, in bold."""
    return f"**{as_text(title, TITLE_SHOWN)}**"


def idea_text(text: IdeaText, limit: int) -> str:
    """All that an idea says but its title, each part under its name, in at most `limit` characters.

    Nothing where nothing was filled in.
    """
    parts = {Part.PROBLEM: text.problem, Part.ANGLE: text.angle, Part.BASELINE: text.baseline}
    headings = [f"**{_(PART_NAMES[part])}**\n" for part, words in parts.items() if words]
    said = [words for words in parts.values() if words]
    # An address that is cut leads nowhere, so it has its place first.
    address = f"<{text.link}>" if text.link else ""
    breaks = 2 * (len(said) if address else len(said) - 1)
    left = limit - len(address) - breaks - sum(map(len, headings))
    if left < len(said):
        return address if len(address) <= limit else ""
    room = shares([len(as_text(words, PART_SHOWN)) for words in said], left)
    sections = [
        heading + as_text(words, given) for heading, words, given in zip(headings, said, room, strict=True)
    ]
    return "\n\n".join(filter(None, [*sections, address]))


def add_idea_button(*, row: int | None = None) -> discord.ui.Button[Any]:
    """Opens the form of a new idea; the ideas answer it, which find it by its custom id."""
    return discord.ui.Button(
        label=_("Add an idea"),
        style=discord.ButtonStyle.success,
        custom_id=custom_id_of("idea:ask:v1", "new"),
        row=row,
    )


def merge_button(gone: int, kept: int, title: str, *, row: int | None = None) -> discord.ui.Button[Any]:
    """Begins to merge an idea of whoever presses it into another, whose title it names."""
    label = shortened(_("Merge with “{title}”").format(title=title), LABEL_LIMIT)
    return discord.ui.Button(label=label, custom_id=custom_id_of("idea:merge:v1", gone, kept), row=row)


def _field(part: Part) -> discord.ui.TextInput[Any]:
    is_line = part in (Part.TITLE, Part.LINK)
    limits = {Part.TITLE: TITLE_LIMIT, Part.LINK: LINK_LIMIT}
    return discord.ui.TextInput(
        custom_id=part.value,
        style=discord.TextStyle.short if is_line else discord.TextStyle.paragraph,
        placeholder=_placeholder(part),
        max_length=limits.get(part, TEXT_LIMIT),
        required=part is Part.TITLE,
    )


def _placeholder(part: Part) -> str:
    match part:
        case Part.TITLE:
            return _("What it does, in everyday words")
        case Part.PROBLEM:
            return _("Whoever has it can tell you whether you solved it")
        case Part.ANGLE:
            return _("A flaw that you can mend is easier to find than something new")
        case Part.BASELINE:
            return _("What could run within a week, however badly")
        case Part.LINK:
            return _("https:// a paper, data, where it came up")
