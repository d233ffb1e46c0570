"""What stands in the custom ids of resources: all that a button needs, within what Discord holds."""

import re

import pytest

from bot.errors import ButtonOutdated
from bot.resources.browsing import Wanted
from bot.resources.entry import Step, topics
from bot.search.facets import Kind
from cogs.resources.browsing import BrowseButton, TopicSelect, wanted_of
from cogs.resources.buttons import code_of
from cogs.resources.found import AgainButton
from cogs.resources.up_next import ElseButton

LIMIT = 100


def groups(
    item: type[BrowseButton | AgainButton | ElseButton | TopicSelect], custom_id: str
) -> dict[str, str]:
    """What an item is made of again, from the custom id that it had."""
    found = re.fullmatch(item.__discord_ui_compiled_template__, custom_id)
    assert found
    return found.groupdict()


def test_every_choice_comes_back_as_it_was() -> None:
    choices = [Wanted(), *(Wanted(step=step) for step in Step), *(Wanted(topic=topic) for topic in topics())]
    choices += [Wanted(Step.HUNT, "reinforcement-learning", kind) for kind in Kind]
    for wanted in choices:
        item = BrowseButton(code_of(wanted), "9999")
        assert len(item.custom_id) <= LIMIT
        assert wanted_of(groups(BrowseButton, item.custom_id)["wanted"]) == wanted


def test_a_choice_that_is_there_no_more_is_outdated() -> None:
    for code in ("dance:-:-", "-:-:hologram"):
        with pytest.raises(ButtonOutdated):
            wanted_of(code)


@pytest.mark.parametrize("query", ["rag", "a: b\nc " * 30, "機械学習 " * 40, "\U0001f41d" * 200])
def test_a_query_stands_in_a_button_as_far_as_there_is_room(query: str) -> None:
    item = AgainButton(query)
    assert len(item.custom_id) <= LIMIT
    kept = groups(AgainButton, item.custom_id)["query"]
    assert query.startswith(kept)
    assert len(kept) >= min(len(query), 79)


def test_what_was_passed_over_last_is_remembered() -> None:
    passed = [str(number) for number in range(1_000, 1_040)]
    item = ElseButton("-".join(passed))
    assert len(item.custom_id) <= LIMIT
    kept = groups(ElseButton, item.custom_id)["resources"].split("-")
    assert len(kept) >= 16
    assert kept == passed[-len(kept) :]
