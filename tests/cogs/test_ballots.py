"""The final as voters see it: marks for each of the five, or the five in their own order."""

from typing import Any

import pytest

from bot.polls.errors import EmptyBallot, FinalClosed, FinalNotOpen
from bot.polls.rules import Method, Scope
from bot.ranking.criteria import CRITERION_NAMES, CRITERION_QUESTIONS, Criterion
from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, said, shown_values
from tests.cogs.voting_booth import Booth, buttons, footer, labels, text, title

MARKS = {"impresses": "4", "quick_to_run": "5", "within_reach": "3", "angle": "0", "excites": "2"}
MARKS_SHOWN = "✓ Impresses 4, Quick to try 5, Within reach 3, Has an angle 0, Excites you 2"


async def in_the_final(world: World, services: Services, **options: Any) -> Booth:
    booth = await Booth.opened(world, services, **options)
    await booth.to_the_final()
    return booth


async def rate(booth: Booth, ballot: Any, number: int, **marks: str) -> Any:
    """Open the form of the idea that stands there, from one on, and send it."""
    form = await booth.press(ballot, buttons(ballot)[number - 1][0]["label"])
    return await booth.send(form, **marks)


async def test_a_ballot_has_a_button_and_a_form_of_five_questions_for_each_of_the_five(
    world: World, services: Services
) -> None:
    booth = await in_the_final(world, services)
    ballot = await booth.enter("ballot")
    assert ballot.ephemeral
    assert title(ballot) == "Your ballot"
    assert footer(ballot) == "Only you see this. Others see that you voted, never what."
    finalists = (await services.voting.ballot(world.guild.id, world.member.id, booth.poll_id)).finalists
    names = [entry.text.title for entry in finalists]
    assert [[button["label"] for button in row] for row in buttons(ballot)] == [
        [f"{number} · {name}", "Details"] for number, name in enumerate(names, start=1)
    ]
    assert text(ballot).count("No marks yet") == 5
    form = await booth.press(ballot, f"2 · {names[1]}")
    assert form.modal["title"] == names[1]
    asked = [(label["label"], label["description"]) for label in form.modal["components"]]
    assert asked == [(CRITERION_NAMES[each], CRITERION_QUESTIONS[each]) for each in Criterion]
    options = form.modal["components"][0]["component"]["options"]
    assert [option["label"] for option in options] == [
        "0 · not at all",
        "1",
        "2",
        "3",
        "4",
        "5 · very much",
    ]


async def test_marks_are_shown_kept_and_changed(world: World, services: Services) -> None:
    booth = await in_the_final(world, services)
    ballot = await booth.enter("ballot")
    message = ballot.response.id
    ballot = await rate(booth, ballot, 1, **MARKS)
    assert ballot.response.id == message
    assert text(ballot).split("\n\n")[2].endswith(f"\n{MARKS_SHOWN}")
    assert buttons(ballot)[0][0]["label"].startswith("1 · ✓ ")
    form = await booth.press(ballot, buttons(ballot)[0][0]["label"])
    assert shown_values(form.modal) == MARKS
    ballot = await booth.send(form, excites="5")
    assert "Excites you 5" in text(ballot)
    ballot = await rate(booth, ballot, 2, angle="3")
    assert text(ballot).split("\n\n")[3].endswith("\nHas an angle 3")
    assert not buttons(ballot)[1][0]["label"].startswith("2 · ✓ ")


async def test_the_details_of_a_finalist_lead_back_to_the_ballot(world: World, services: Services) -> None:
    booth = await in_the_final(world, services)
    ballot = await booth.enter("ballot")
    details = await world.member.click(ballot.response, custom_id=buttons(ballot)[0][1]["custom_id"])
    assert "One page that answers for ten examples" in text(details)
    back = await booth.press(details, "Back to your ballot")
    assert labels(back) == labels(ballot)


async def test_marks_that_come_too_late_are_given_back(world: World, services: Services) -> None:
    booth = await in_the_final(world, services)
    ballot = await booth.enter("ballot")
    form = await booth.press(ballot, labels(ballot)[0])
    await services.polls.end_final(world.guild.id, world.admin.id, booth.poll_id, manages=False)
    late = await booth.send(form, **MARKS)
    assert late.ephemeral
    assert str(FinalClosed()) in said(late)
    assert "**Impresses**\n```\n4\n```" in said(late)


async def test_a_form_that_was_open_over_a_restart_still_arrives(world: World, services: Services) -> None:
    booth = await in_the_final(world, services)
    ballot = await booth.enter("ballot")
    form = await booth.press(ballot, labels(ballot)[0])
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    assert MARKS_SHOWN in text(await booth.send(form, **MARKS))


async def test_an_order_is_given_with_equal_places_and_changed(world: World, services: Services) -> None:
    booth = await in_the_final(world, services, method=Method.RANKING)
    ballot = await booth.enter("ballot")
    assert "Several may share a place" in text(ballot)
    finalists = (await services.voting.ballot(world.guild.id, world.member.id, booth.poll_id)).finalists
    names = [entry.text.title for entry in finalists]
    form = await booth.press(ballot, "Put them in order")
    assert [label["label"] for label in form.modal["components"]] == names
    options = form.modal["components"][0]["component"]["options"]
    assert [option["label"] for option in options] == [
        "1st place",
        "2nd place",
        "3rd place",
        "4th place",
        "5th place",
        "No opinion",
    ]
    assert set(shown_values(form.modal).values()) == {"none"}
    fields = [str(entry.position) for entry in finalists]
    ballot = await booth.send(form, **{fields[0]: "2", fields[1]: "1", fields[2]: "2"})
    assert text(ballot).split("\n\n")[1:] == [
        f"1st place · **{names[1]}**",
        f"2nd place · **{names[0]}**",
        f"2nd place · **{names[2]}**",
        f"No opinion · **{names[3]}**",
        f"No opinion · **{names[4]}**",
    ]
    form = await booth.press(ballot, "Change your order")
    assert shown_values(form.modal)[fields[1]] == "1"
    ballot = await booth.send(form, **{fields[4]: "1", fields[1]: "3"})
    assert text(ballot).split("\n\n")[1] == f"1st place · **{names[4]}**"


async def test_an_order_without_any_place_is_refused_and_the_form_opens_again(
    world: World, services: Services
) -> None:
    booth = await in_the_final(world, services, method=Method.RANKING)
    form = await booth.press(await booth.enter("ballot"), "Put them in order")
    refused = await booth.send(form)
    assert str(EmptyBallot()) in said(refused)
    form = await booth.press(refused, "Open the form again")
    ballot = await booth.send(form, **{next(iter(shown_values(form.modal))): "1"})
    assert ballot.response.id == refused.response.id
    assert text(ballot).split("\n\n")[1].startswith("1st place · ")


@pytest.mark.parametrize("method", list(Method))
async def test_the_last_ballot_of_those_invited_ends_the_final(
    world: World, services: Services, method: Method
) -> None:
    booth = await in_the_final(world, services, scope=Scope.INVITED, invited=[world.member.id], method=method)
    for voter in (world.admin, world.member):
        ballot = await booth.enter("ballot", voter)
        if method is Method.RANKING:
            form = await booth.press(ballot, "Put them in order", voter)
            first = next(iter(shown_values(form.modal)))
            ballot = await booth.send(form, member=voter, **{first: "1"})
            continue
        for number in range(5):
            form = await booth.press(ballot, buttons(ballot)[number][0]["label"], voter)
            ballot = await booth.send(form, member=voter, **MARKS)
    assert title(ballot) == "Counted"
    assert "What came of it is in the channel." in text(ballot)
    assert labels(ballot) == ["Your votes"]


async def test_there_is_no_ballot_while_the_cards_are_open(world: World, services: Services) -> None:
    booth = await Booth.opened(world, services)
    with pytest.raises(FinalNotOpen):
        await services.voting.ballot(world.guild.id, world.member.id, booth.poll_id)
