"""What voters see of their own votes, taking them back, and finding them in the record."""

from bot.polls.errors import NothingToTakeBack, TapsAreCounted
from bot.polls.rules import Method
from bot.services import Services
from tests.cogs.conftest import World, field, said
from tests.cogs.voting_booth import Booth, footer, labels, shown, text, title


async def test_somebody_who_has_not_voted_is_led_to_the_cards(world: World, services: Services) -> None:
    booth = await Booth.opened(world, services)
    own = await booth.enter("own")
    assert own.ephemeral
    assert (title(own), text(own)) == ("Your votes", "You have not tapped a card yet.")
    assert labels(own) == ["Vote"]
    assert title(await booth.press(own, "Vote")) == "Which of these four is best?"


async def test_own_taps_favourites_and_receipt_are_shown(world: World, services: Services) -> None:
    booth = await Booth.opened(world, services)
    card = await booth.vote()
    best = shown(card)[2]
    await booth.tap(card, 3)
    own = await booth.enter("own")
    stored = await services.voting.own(world.guild.id, world.member.id, booth.poll_id)
    assert text(own).split("\n\n")[0] == "You have made 1 tap."
    assert f"**{stored.receipt}**" in text(own)
    view = await services.polls.view(world.guild.id, booth.poll_id, world.member.id)
    favourites = field(own.response.embeds[0], "What you like best, by your own taps alone")
    assert favourites.split("\n")[0] == f"1. **{view.entries[best].text.title}**"
    assert footer(own) == "Only you see this. Others see that you voted, never what."
    assert labels(own) == ["Go on", "Take all my taps back"]


async def test_all_taps_are_taken_back_by_a_second_press(world: World, services: Services) -> None:
    booth = await Booth.opened(world, services)
    card = await booth.tap(await booth.tap(await booth.vote()))
    asked = await booth.press(await booth.enter("own"), "Take all my taps back")
    assert text(asked).startswith("Take all your taps back, for good?")
    assert await booth.taps() == 2
    kept = await booth.press(asked, "Keep them")
    assert text(kept).startswith("You have made 2 taps.")
    asked = await booth.press(kept, "Take all my taps back")
    done = await booth.press(asked, "Take back for good")
    assert text(done).split("\n\n")[:2] == ["2 taps are taken back.", "You have not tapped a card yet."]
    assert done.response.id == kept.response.id
    assert await booth.taps() == 0
    # The card that was on the screen may be gone with the others; what is pressed there leads on.
    assert title(await booth.press(card, "Stop")) == "Enough for now"


async def test_taking_back_twice_says_that_nothing_is_left(world: World, services: Services) -> None:
    booth = await Booth.opened(world, services)
    await booth.tap(await booth.vote())
    own = await booth.enter("own")
    one = await booth.press(own, "Take all my taps back")
    other = await booth.press(await booth.enter("own"), "Take all my taps back")
    await booth.press(one, "Take back for good")
    assert said(await booth.press(other, "Take back for good")) == str(NothingToTakeBack())


async def test_taps_stay_once_they_are_counted(world: World, services: Services) -> None:
    booth = await Booth.opened(world, services)
    await booth.tap(await booth.vote())
    asked = await booth.press(await booth.enter("own"), "Take all my taps back")
    await services.polls.end_cards(world.guild.id, world.admin.id, booth.poll_id, manages=False)
    assert said(await booth.press(asked, "Take back for good")) == str(TapsAreCounted())
    assert await booth.taps() == 1


async def test_a_ballot_is_shown_and_taken_back(world: World, services: Services) -> None:
    booth = await Booth.opened(world, services, method=Method.RANKING)
    await booth.to_the_final()
    ballot = await booth.enter("ballot")
    finalists = (await services.voting.ballot(world.guild.id, world.member.id, booth.poll_id)).finalists
    form = await booth.press(ballot, "Put them in order")
    await booth.send(form, **{str(finalists[4].position): "1"})
    own = await booth.enter("own")
    assert field(own.response.embeds[0], "Your ballot") == f"1st place · **{finalists[4].text.title}**"
    assert labels(own) == ["To your ballot", "Take my ballot back"]
    asked = await booth.press(own, "Take my ballot back")
    done = await booth.press(asked, "Take back for good")
    assert text(done).startswith("Your ballot is taken back.")
    assert labels(done) == ["To your ballot"]


async def test_once_it_is_over_a_voter_learns_how_to_find_their_votes(
    world: World, services: Services
) -> None:
    booth = await Booth.opened(world, services)
    await booth.to_the_final()
    receipt = (await services.voting.own(world.guild.id, world.member.id, booth.poll_id)).receipt
    await booth.end_final()
    own = await booth.enter("own")
    assert f"`autodidact ideas rank FILE --receipt {receipt}`" in text(own)
    assert "They stand in the file at the end just as you gave them." in text(own)
    assert labels(own) == []
    other = await booth.enter("own", world.admin)
    assert "They stand" not in text(other)
