"""Voting by cards: one tap, the next card; and whatever can happen in between."""

from typing import Any

import pytest

from bot.errors import UserError
from bot.ideas.rules import IdeaText, clean_idea
from bot.polls.errors import CardsClosed, IdeaWithdrawn, NotYourPoll, TapsAreCounted
from bot.polls.rules import Scope
from bot.services import Services
from cogs.client import Autodidact
from tests.cogs.conftest import World, said
from tests.cogs.voting_booth import Booth, buttons, footer, labels, shown, tap_ids, text, title
from tests.open_polls import numbered_ideas

FEW = "So far fewer than four people vote here."


async def test_a_tap_is_stored_and_the_next_card_takes_the_place_of_the_last(
    world: World, services: Services
) -> None:
    booth = await Booth.opened(world, services)
    card = await booth.vote()
    assert card.ephemeral
    assert title(card) == "Which of these four is best?"
    assert card.response.embeds[0].author.name == "What do we build?"
    assert footer(card) == "0 taps so far · 4 of 8 ideas seen · not settled yet"
    first, message = shown(card), card.response.id
    assert len(set(first)) == 4
    card = await booth.tap(card, 2)
    assert card.response.id == message
    assert set(shown(card)) != set(first)
    assert footer(card).startswith("1 tap so far · ")
    assert await booth.taps() == 1
    own = await services.voting.own(world.guild.id, world.member.id, booth.poll_id)
    assert own.favourites[0].position == first[1]


async def test_a_card_shows_each_title_and_the_first_line_of_its_problem(
    world: World, services: Services
) -> None:
    booth = await Booth.opened(world, services)
    card = await booth.vote()
    names = [entry.text.title for entry in await entries(booth)]
    in_order = [names[position] for position in shown(card)]
    assert [row[0]["label"] for row in buttons(card)[:4]] == [
        f"{number} · {name}" for number, name in enumerate(in_order, start=1)
    ]
    assert [button["label"] for button in buttons(card)[4]] == ["Skip", "Details", "Take back", "Stop"]
    sections = text(card).split("\n\n")[-4:]
    assert sections == [
        f"{number} · **{name}**\nPeople who do this by hand lose an evening a week."
        for number, name in enumerate(in_order, start=1)
    ]


async def entries(booth: Booth) -> Any:
    view = await booth.services.polls.view(booth.world.guild.id, booth.poll_id, booth.world.member.id)
    return view.entries


async def test_details_show_the_four_in_full_and_lead_back_to_the_card(
    world: World, services: Services
) -> None:
    booth = await Booth.opened(world, services)
    card = await booth.vote()
    before = tap_ids(card)
    details = await booth.press(card, "Details")
    embeds = details.response.embeds
    assert [(embed.title or "")[:4] for embed in embeds] == ["1 · ", "2 · ", "3 · ", "4 · "]
    assert "They say so in three forums." in (embeds[3].description or "")
    assert "One page that answers for ten examples" in (embeds[0].description or "")
    back = await booth.press(details, "Back to the card")
    assert tap_ids(back) == before
    assert len(back.response.embeds) == 1


async def test_a_skipped_card_counts_for_nothing_and_does_not_come_again(
    world: World, services: Services
) -> None:
    booth = await Booth.opened(world, services, 5 + 1)
    card = await booth.vote()
    seen = []
    while title(card).startswith("Which"):
        seen.append(frozenset(shown(card)))
        card = await booth.press(card, "Skip")
    # There are fifteen sets of four among six.
    assert (len(seen), len(set(seen))) == (15, 15)
    assert title(card) == "That is all"
    assert footer(card) == "0 taps so far · 6 of 6 ideas seen · not settled yet"
    assert await booth.taps() == 0


async def test_the_last_tap_is_taken_back_and_its_card_shown_again(world: World, services: Services) -> None:
    booth = await Booth.opened(world, services)
    card = await booth.vote()
    first = tap_ids(card)
    assert buttons(card)[4][2]["disabled"]
    card = await booth.tap(await booth.tap(card))
    assert footer(card).startswith("2 taps so far")
    card = await booth.press(card, "Take back")
    card = await booth.press(card, "Take back")
    assert tap_ids(card) == first
    assert footer(card).startswith("0 taps so far")
    assert await booth.taps() == 0


async def test_pressed_twice_take_back_takes_back_one_tap(world: World, services: Services) -> None:
    booth = await Booth.opened(world, services)
    one = await booth.tap(await booth.tap(await booth.vote()))
    other = await booth.vote()
    assert tap_ids(other) == tap_ids(one)
    one = await booth.press(one, "Take back")
    other = await booth.press(other, "Take back")
    assert tap_ids(one) == tap_ids(other)
    assert await booth.taps() == 1


async def test_two_taps_on_one_card_count_once_and_both_lead_to_the_open_card(
    world: World, services: Services
) -> None:
    booth = await Booth.opened(world, services)
    phone, desk = await booth.vote(), await booth.vote()
    assert tap_ids(phone) == tap_ids(desk)
    first = shown(phone)[0]
    phone = await booth.tap(phone, 1)
    desk = await booth.tap(desk, 3)
    assert tap_ids(phone) == tap_ids(desk)
    assert footer(phone) == footer(desk)
    assert footer(phone).startswith("1 tap so far")
    own = await services.voting.own(world.guild.id, world.member.id, booth.poll_id)
    assert (own.taps, own.favourites[0].position) == (1, first)


async def test_stop_thanks_explains_the_receipt_and_leads_back_to_the_same_card(
    world: World, services: Services
) -> None:
    booth = await Booth.opened(world, services)
    card = await booth.tap(await booth.vote())
    stopped = await booth.press(card, "Stop")
    own = await services.voting.own(world.guild.id, world.member.id, booth.poll_id)
    assert title(stopped) == "Enough for now"
    assert text(stopped).split("\n\n") == [
        "Thank you. What you tapped is kept, and you can go on whenever you like.",
        "You have made 1 tap.",
        f"Your receipt: **{own.receipt}**. By it you, and only you, find your own votes in the file that is "
        "posted at the end.",
    ]
    assert tap_ids(await booth.press(stopped, "Go on"))


async def test_a_card_lives_on_through_a_restart(world: World, services: Services) -> None:
    booth = await Booth.opened(world, services)
    card = await booth.tap(await booth.vote())
    before = tap_ids(card)
    await world.env.restart_bot(Autodidact(services, shard_count=1))
    card = await booth.tap(card, 4)
    assert not set(tap_ids(card)) & set(before)
    assert await booth.taps() == 2


async def test_three_ideas_are_left_then_two(world: World, services: Services) -> None:
    booth = await Booth.opened(world, services, 6)
    for entry in list(await entries(booth))[:3]:
        await services.ideas.withdraw(world.guild.id, world.admin.id, entry.idea_id)
    card = await booth.vote()
    assert title(card) == "Which of these three is best?"
    assert [len(row) for row in buttons(card)] == [1, 1, 1, 4]
    card = await booth.tap(card)
    assert title(card) == "That is all"
    left = list(await entries(booth))[3]
    await services.ideas.withdraw(world.guild.id, world.admin.id, left.idea_id)
    card = await booth.vote()
    assert title(card) == "Which of these two is better?"
    assert title(await booth.tap(card)) == "That is all"


@pytest.mark.parametrize("others", [2, 4])
async def test_in_a_small_group_the_first_card_says_that_votes_may_be_guessed(
    world: World, services: Services, others: int
) -> None:
    booth = await Booth.opened(world, services)
    for number in range(others):
        voter = world.guild.add_member(world.env.create_user(f"voter{number}"))
        await booth.tap(await booth.vote(voter), member=voter)
    card = await booth.vote()
    assert (FEW in text(card)) == (others < 4)
    assert "One press counts at once" in text(card)
    card = await booth.tap(card)
    assert FEW not in text(card)
    assert "One press counts at once" not in text(card)


async def test_who_votes_alone_is_not_warned_of_others(world: World, services: Services) -> None:
    booth = await Booth.opened(world, services, scope=Scope.ALONE)
    assert FEW not in text(await booth.vote(world.admin))


async def test_a_tap_on_an_idea_withdrawn_meanwhile_says_so_over_the_next_card(
    world: World, services: Services
) -> None:
    booth = await Booth.opened(world, services)
    card = await booth.vote()
    gone = (await entries(booth))[shown(card)[0]]
    await services.ideas.withdraw(world.guild.id, world.admin.id, gone.idea_id)
    after = await booth.tap(card, 1)
    assert after.response.id == card.response.id
    assert text(after).split("\n\n")[0] == str(IdeaWithdrawn(title=gone.text.title))
    assert gone.position not in shown(after)
    assert await booth.taps() == 0
    assert footer(await booth.tap(after)).startswith("1 tap so far")


@pytest.mark.parametrize(
    ("button", "error"),
    [("tap", CardsClosed), ("Skip", CardsClosed), ("Details", CardsClosed), ("Take back", TapsAreCounted)],
)
async def test_what_is_pressed_after_the_close_says_so_and_leads_to_the_final(
    world: World, services: Services, button: str, error: type[UserError]
) -> None:
    booth = await Booth.opened(world, services)
    card = await booth.tap(await booth.vote())
    await services.polls.end_cards(world.guild.id, world.admin.id, booth.poll_id, manages=False)
    late = await (booth.tap(card) if button == "tap" else booth.press(card, button))
    assert late.response.id == card.response.id
    assert text(late) == str(error())
    assert labels(late) == ["To the final", "Your votes"]
    assert title(await booth.press(late, "To the final")) == "Your ballot"
    assert await booth.taps() == 1


@pytest.mark.parametrize(("before", "button"), [("Stop", "Go on"), ("Details", "Back to the card")])
async def test_what_leads_back_to_the_cards_leads_on_once_they_are_closed(
    world: World, services: Services, before: str, button: str
) -> None:
    booth = await Booth.opened(world, services)
    page = await booth.press(await booth.tap(await booth.vote()), before)
    await services.polls.end_cards(world.guild.id, world.admin.id, booth.poll_id, manages=False)
    late = await booth.press(page, button)
    assert late.response.id == page.response.id
    assert len(late.response.embeds) == 1
    assert text(late) == str(CardsClosed())
    assert labels(late) == ["To the final", "Your votes"]


async def test_who_is_uninvited_in_the_middle_is_told_kindly(world: World, services: Services) -> None:
    invited = {"scope": Scope.INVITED, "invited": [world.member.id]}
    booth = await Booth.opened(world, services, **invited)
    card = await booth.vote()
    await services.polls.uninvite(
        world.guild.id, world.admin.id, booth.poll_id, [world.member.id], manages=False
    )
    refused = await booth.tap(card)
    assert refused.ephemeral
    assert said(refused) == str(NotYourPoll())


async def test_a_card_of_a_dropped_poll_says_so(world: World, services: Services) -> None:
    booth = await Booth.opened(world, services)
    card = await booth.vote()
    await services.polls.drop(world.guild.id, world.admin.id, booth.poll_id, manages=False)
    late = await booth.tap(card)
    assert late.response.id == card.response.id
    assert text(late).startswith("This poll was dropped, so nothing is counted any more.")
    assert labels(late) == ["Your votes"]
    assert labels(await booth.press(late, "Your votes")) == []


def long_ideas() -> list[IdeaText]:
    """Titles of a hundred characters in several scripts, some full of marks, with as much text as fits."""
    letters = ("ß", "界", "ب", "ह", "🐦", "*", "[", "`", "Ω", "<@1> ")
    return [
        clean_idea(
            (letter * 100)[:98] + f"{number:02}",
            (letter * 600)[:600],
            (letter * 600)[:600],
            (letter * 600)[:600],
            "https://example.org/" + "a" * 470,
        )
        for number, letter in enumerate(letters)
    ]


async def test_long_texts_in_every_script_fit_on_cards_and_ballots(world: World, services: Services) -> None:
    """Every body is held against Discord's limits when the world ends."""
    booth = await Booth.opened(world, services, long_ideas())
    card = await booth.vote()
    for _card in range(6):
        assert len(buttons(card)) == 5
        details = await booth.press(card, "Details")
        assert all(embed.description for embed in details.response.embeds)
        card = await booth.tap(await booth.press(details, "Back to the card"))
    await services.polls.end_cards(world.guild.id, world.admin.id, booth.poll_id, manages=False)
    ballot = await booth.press(await booth.tap(card), "To the final")
    for row in buttons(ballot):
        (rate, details) = row
        assert rate["label"].endswith("…")
        page = await world.member.click(ballot.response, custom_id=details["custom_id"])
        ballot = await booth.press(page, "Back to your ballot")
    form = await booth.press(ballot, buttons(ballot)[0][0]["label"])
    assert len(form.modal["components"]) == 5


async def test_nothing_of_a_standing_is_to_be_seen_while_it_is_secret(
    world: World, services: Services
) -> None:
    """The admin's taps always go to the same idea; nobody else can tell, and no figure shows to anybody."""
    booth = await Booth.opened(world, services, numbered_ideas(6))
    card = await booth.vote(world.admin)
    leader = shown(card)[0]
    while title(card).startswith("Which"):
        places = shown(card)
        place = places.index(leader) + 1 if leader in places else 1
        card = await booth.tap(card, place, world.admin)
    await world.pass_time(seconds=10)
    name = (await entries(booth))[leader].text.title

    def words(message: Any) -> str:
        parts = [message.content, *(str(embed.to_dict()) for embed in message.embeds)]
        return "\n".join(parts)

    public = words(booth.message)
    assert name not in public
    own = await booth.enter("own")
    stopped = await booth.press(await booth.vote(), "Stop")
    for page in (own, stopped):
        assert name not in words(page.response)
    for sentence in [public, *(words(page.response) for page in (card, own, stopped))]:
        assert "%" not in sentence
