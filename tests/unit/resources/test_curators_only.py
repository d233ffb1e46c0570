"""What curators press and send does nothing for anybody else, however they came by its custom id."""

import re
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.errors import ManagersOnly
from bot.resources.errors import CuratorsOnly
from cogs.resources import deciding, editing
from cogs.resources.curation_cog import CurationCog
from cogs.resources.curators_week import SilenceButton
from cogs.ui.selects import LastingSelect

FOR_ALL = {deciding.LookButton, *CurationCog.buttons[:1]}
"""The page of what was taken in, and the form of a suggestion."""

IDS = [
    "curate:edit:v1:s1",
    "curate:edit:v1:r1",
    "curate:facet:v1:kind:s1",
    "curate:facet:v1:step:r1",
    "curate:maths:v1:yes:r1",
    "curate:words:v1:s1",
    "curate:names:v1:r1",
    "curate:topics:v1:s1:accept",
    "curate:decide:v1:accept:1",
    "curate:decide:v1:decline:1",
    "curate:queue:v1:0",
    "curate:waiting:v1",
    "curate:list:v1:0",
    "curate:own:v1",
    "curate:off:v1:1",
    "curate:back:v1:1",
    "curate:works:v1:1",
]


def a_member(**may: bool) -> Any:
    """An interaction of somebody who may no more than that; whatever the bot would do, it cannot."""
    user = SimpleNamespace(id=5)
    return SimpleNamespace(guild_id=1, user=user, permissions=discord.Permissions(**may), client=None)


def matching(custom_id: str) -> tuple[type[Any], re.Match[str]]:
    for button in CurationCog.buttons:
        if match := button.__discord_ui_compiled_template__.fullmatch(custom_id):
            return button, match
    raise AssertionError(custom_id)


async def act(item: Any, member: Any) -> None:
    await (item.choose(member, ["1"]) if isinstance(item, LastingSelect) else item.press(member))


@pytest.mark.parametrize("custom_id", IDS)
async def test_a_button_of_curators_is_theirs(custom_id: str) -> None:
    button, match = matching(custom_id)
    item = button(**match.groupdict())
    with pytest.raises(CuratorsOnly):
        await act(item, a_member(send_messages=True))
    # Whoever may manage messages gets as far as the bot that is not there.
    with pytest.raises(AttributeError):
        await act(item, a_member(manage_messages=True))


def test_none_of_the_buttons_is_left_out() -> None:
    tried = {matching(custom_id)[0] for custom_id in IDS}
    assert tried == set(CurationCog.buttons) - FOR_ALL - {SilenceButton}


async def test_silence_is_for_those_who_manage_the_server() -> None:
    with pytest.raises(ManagersOnly):
        await SilenceButton().press(a_member(manage_messages=True))


@pytest.mark.parametrize(
    ("take", "form", "sent"),
    [
        (editing.take_words, editing.WORDS_FORM, "curate:worded:v1:s1"),
        (editing.take_names, editing.NAMES_FORM, "curate:named:v1:r1"),
        (deciding.take_topics, deciding.TOPICS_FORM, "curate:topical:v1:s1:accept"),
        (deciding.take_reason, deciding.DECLINE_FORM, "curate:declined:v1:1"),
    ],
)
async def test_a_form_that_was_open_is_refused_once_its_sender_is_no_curator_any_more(
    take: Any, form: re.Pattern[str], sent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered: list[Exception] = []

    async def answer_error(_interaction: Any, error: Exception, **_given: Any) -> None:
        answered.append(error)

    for module in (editing, deciding):
        monkeypatch.setattr(module, "answer_error", answer_error)
    match = form.fullmatch(sent)
    assert match
    member = a_member(send_messages=True)
    drafts = SimpleNamespace(keep=lambda *_typed, **_by: "0" * 16)
    member.client = SimpleNamespace(drafts=drafts, services=None)
    await take(member, match, {})
    assert [type(error) for error in answered] == [CuratorsOnly]
