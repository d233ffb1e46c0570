"""How polls look: what they say in each phase, how sure they say things are, and that all of it fits."""

from dataclasses import replace

import pytest

from bot.builds.rules import BuildState
from bot.polls.deliveries import PollContent
from bot.polls.errors import NoSuchPoll
from bot.polls.rules import EndedBy, Method, Phase, Scope
from bot.polls.service import Listed, PollView
from bot.polls.votes import VoterSeen
from cogs.polls.collecting import added_card
from cogs.polls.entries import PAGE, idea_card, ideas_card
from cogs.polls.inviting import invitation, invited_card
from cogs.polls.listing import find_chosen, list_card
from cogs.polls.message import render_poll
from cogs.polls.starting import started_card, started_view
from cogs.polls.steering import panel_card, panel_view
from tests.discord_limits import violations
from tests.poll_views import START, STARTER, build, crowded, entries, poll, result, seen, shortlist
from tests.unit.poll_cards_read import (
    ENDS,
    LETTERS,
    NONCE,
    SECRET,
    custom_ids,
    everything_posted,
    of_poll,
    of_result,
    of_shortlist,
    posted,
    said,
)


@pytest.mark.parametrize("letter", LETTERS)
def test_however_much_there_is_it_fits_and_can_be_found_again_and_pings_nobody(letter: str) -> None:
    for rendered in everything_posted(letter):
        assert violations("POST", "/channels/1/messages", posted(rendered)) == []
        assert any(NONCE in custom_id for custom_id in custom_ids(rendered))
        assert rendered.mentions is None
        assert len(rendered.picture.alternative if rendered.picture else "") <= 1_024


@pytest.mark.parametrize("letter", LETTERS)
def test_private_pages_fit_too(letter: str) -> None:
    for phase in Phase:
        view = crowded(phase, letter, scope=Scope.INVITED)
        pages = [
            started_card(view),
            panel_card(view, "It is so now."),
            invited_card(view, sorted(view.invited)),
            ideas_card(view, view.entries[:PAGE], 0, STARTER, "It is so now."),
            idea_card(view, view.entries[0]),
            list_card([Listed(view.poll, view.message_id)] * 20, [Listed(view.poll, None)] * 5),
        ]
        views = [started_view(view), panel_view(view)]
        for number, embed in enumerate(pages):
            shown = views[number] if number < len(views) else None
            body = {"embeds": [embed.to_dict()], "components": shown.to_components() if shown else []}
            assert violations("POST", "/channels/1/messages", body) == []
        said_aloud = {"content": invitation(view, STARTER, sorted(view.invited))}
        assert violations("POST", "/channels/1/messages", said_aloud) == []


def test_markup_in_names_and_titles_is_shown_as_it_is() -> None:
    title = "**Bold** <@5> [link](https://evil.example) @everyone"
    name = "A `name` <@&6>"
    view = seen(
        poll(Phase.BASELINE, name=name, shortlist=(0, 1), tried=(0,)),
        [title, "Two"],
        shortlist=shortlist([1.0, 1.0]),
        final=result([4.0, 3.0]),
        builds=[build(title)],
    )
    for text in (of_poll(view), of_shortlist(view), of_result(view)):
        assert "<@5>" not in text.replace(r"\<@5>", "")
        assert "[link](" not in text.replace(r"\[link](", "")
    assert r"A \`name\` \<@&6>" in of_poll(view)


def test_a_poll_that_collects_says_how_far_it_is_and_until_when() -> None:
    text = of_poll(seen(poll(), ["Idea"] * 5))
    assert f"<@{STARTER}> started it. Everybody here may add ideas and vote." in text
    assert "**For a résumé.** What impresses at first sight counts most." in text
    assert "**Collect** › Cards › Final › Baseline" in text
    assert "From 6 ideas on, the voting can be opened." in text
    assert "▰▰▱▱▱▱▱▱▱▱ 5 of 20 ideas" in text
    ends = int(START.timestamp()) + 3 * 24 * 3600
    assert f"Ideas until <t:{ends}:f> (<t:{ends}:R>)" in text
    assert SECRET in text
    assert "Who voted:" not in text


@pytest.mark.parametrize(
    ("count", "bar"),
    [
        (0, "▱▱▱▱▱▱▱▱▱▱ 0 of 20 ideas"),
        (19, "▰▰▰▰▰▰▰▰▰▱ 19 of 20 ideas"),
        (20, "▰▰▰▰▰▰▰▰▰▰ 20 ideas"),
        (60, "▰▰▰▰▰▰▰▰▰▰ 60 ideas"),
    ],
)
def test_the_bar_is_full_at_twenty(count: int, bar: str) -> None:
    assert bar in of_poll(seen(poll(), ["Idea"] * count))


def test_who_voted_is_shown_by_name_twenty_at_most_and_forgotten_voters_are_counted() -> None:
    voters = [VoterSeen(1_000 + number, 2, False) for number in range(21)] + [VoterSeen(None, 3, True)]
    text = of_poll(seen(poll(Phase.CARDS), voters=voters))
    assert "✓ Collect › **Cards** › Final › Baseline" in text
    assert "<@1019>, and 2 more\n45 taps when this message last changed\n" in text
    assert "<@1020>" not in text
    nobody = of_poll(seen(poll(Phase.CARDS)))
    assert "Who voted: Nobody yet. Who goes first?" in nobody
    counted = of_poll(seen(poll(Phase.BASELINE, tried=(0,)), voters=voters))
    assert "and 2 more\n45 taps\n" in counted
    assert "1 person\n3 taps" in of_poll(seen(poll(Phase.CARDS), voters=voters[-1:]))


@pytest.mark.parametrize("phase", Phase)
def test_no_phase_tells_what_anybody_said(phase: Phase) -> None:
    """Titles are all the same here, and no figure of a standing may show but in the final's messages."""
    view = crowded(phase, "a")
    assert "%" not in of_poll(view)
    assert "3.2" not in of_poll(view)


def test_what_is_open_to_all_has_a_button_and_what_is_secret_has_none() -> None:
    secret = render_poll(PollContent(seen(poll(Phase.CARDS))), NONCE)
    opened = render_poll(PollContent(seen(poll(Phase.CARDS, standing_open=True))), NONCE)
    assert not any("standing" in custom_id for custom_id in custom_ids(secret))
    assert any("standing" in custom_id for custom_id in custom_ids(opened))
    assert opened.embed is not None
    assert "may be seen by all who vote" in said(opened.embed)


def test_a_poll_for_oneself_speaks_of_nobody_else() -> None:
    text = of_poll(seen(poll(Phase.CARDS, scope=Scope.ALONE), voters=[VoterSeen(STARTER, 4, False)]))
    assert f"<@{STARTER}> ranks ideas of their own." in text
    assert "Tapped: 4 taps" in text
    assert "Who voted" not in text


def test_a_poll_whose_starter_has_been_forgotten_says_so() -> None:
    assert "Somebody who has left started it." in of_poll(seen(poll(user_id=None)))


def test_the_final_says_why_the_cards_ended_and_whose_ballots_are_there() -> None:
    view = seen(
        poll(Phase.FINAL, ended_by=EndedBy.SETTLED, shortlist=(2, 0, 1)),
        shortlist=shortlist([1.0, 1.0, 1.0]),
        voters=[VoterSeen(11, 3, True), VoterSeen(12, 3, False)],
    )
    text = of_poll(view)
    assert "The cards are over: more taps would hardly change the result." in text
    assert "- **Three**\n- **One**\n- **Two**" in text
    assert "Whose ballot is there: <@11>\n" in text
    gone = replace(view, entries=[replace(each, withdrawn=each.position == 0) for each in view.entries])
    assert "- **Three**\n- **Two**" in of_poll(gone)
    ranked = of_poll(replace(view, poll=replace(view.poll, method=Method.RANKING)))
    assert "put the ideas in your order" in ranked


def test_with_few_ideas_there_are_no_cards_and_that_is_said() -> None:
    view = seen(poll(Phase.FINAL, ended_by=EndedBy.TIME, shortlist=(0, 1, 2)))
    text = of_poll(view)
    assert "✓ Collect › **Final** › Baseline" in text
    assert "Only 3 ideas came in, so there were no cards: all of them are in the final." in text
    assert "Whose ballot is there: Nobody's yet" in text


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (EndedBy.TOO_FEW, "Fewer than two ideas were left in it"),
        (EndedBy.NOBODY_VOTED, "Nobody tapped a card in time"),
        (EndedBy.STARTER, "It was dropped by hand."),
    ],
)
def test_a_dropped_poll_says_why_and_keeps_a_button_to_be_found_by(reason: EndedBy, words: str) -> None:
    rendered = render_poll(PollContent(seen(poll(Phase.DROPPED, ended_by=reason))), NONCE)
    assert rendered.embed is not None
    assert words in said(rendered.embed)
    assert custom_ids(rendered) == [f"poll:ideas:v1:0:{NONCE}:3"]


def test_what_is_built_is_named_until_when_and_a_baseline_by_its_link() -> None:
    both = [
        build("Bird", BuildState.THERE, "https://bird.example/demo"),
        replace(build("Tune"), position=1),
    ]
    decided = poll(Phase.BASELINE, shortlist=(0,), tried=(0, 1))
    view = seen(decided, voters=[VoterSeen(7, 12, has_ballot=True)], builds=both)
    ends = int(START.timestamp()) + 14 * 24 * 3600
    text = of_poll(view)
    assert "✓ Final › **Baseline**" in text
    assert "The baseline of **Bird** is there: https://bird.example/demo" in text
    assert f"**Tune** is being built: its team has until <t:{ends}:f>" in text
    closed = of_poll(replace(view, poll=replace(view.poll, phase=Phase.CLOSED), builds=both[:1]))
    assert "✓ Collect › ✓ Cards › ✓ Final › ✓ Baseline" in closed
    moved_on = of_poll(replace(view, poll=replace(view.poll, phase=Phase.MOVED_ON), builds=()))
    assert "✓ Final › ~~Baseline~~" in moved_on
    assert "No team came to a baseline" in moved_on


def test_the_panel_offers_what_ends_the_phase_and_nothing_when_it_steers_itself() -> None:
    def acts(view: PollView) -> list[str]:
        shown = panel_view(view)
        rows = shown.to_components() if shown else []
        return [item.get("label", "select") for row in rows for item in row["components"]]

    more = ["A day more", "A week more", "Drop the poll"]
    assert acts(seen(poll())) == ["Open the voting", *more]
    assert acts(seen(poll(Phase.CARDS, scope=Scope.INVITED))) == ["End the cards", *more, "select"]
    assert acts(seen(poll(Phase.FINAL))) == ["End the final", *more]
    assert [acts(seen(poll(phase))) for phase in (Phase.BASELINE, *ENDS)] == [[]] * 4
    assert "The cards end" in said(panel_card(seen(poll(Phase.CARDS))))
    assert "Collecting ends" not in said(panel_card(seen(poll(Phase.CARDS))))


def test_whose_an_idea_is_only_its_author_sees() -> None:
    view = seen(poll(), ["Mine", "Theirs"])
    own = [*entries(["Mine"], [5]), replace(entries(["", "Theirs"], [6])[1])]
    view = replace(view, entries=own)
    text = said(ideas_card(view, own, 0, 5))
    assert "1. **Mine** (yours)\n2. **Theirs**\n" in text
    assert "<@" not in text


def test_ideas_that_look_like_a_new_one_are_named() -> None:
    embed = added_card(seen(poll()), entries(["New"])[0].text, [])
    assert embed.fields == []
    assert "There are 3 ideas now; 20 are a good number." in said(embed)


def test_a_poll_is_found_by_its_number_or_its_name() -> None:
    polls = [poll(name="Spring"), replace(poll(name="Autumn 3"), id=8)]
    assert find_chosen(polls, "8").name == "Autumn 3"
    assert find_chosen(polls, " spring ").id == 3
    with pytest.raises(NoSuchPoll, match="“winter”"):
        find_chosen(polls, "winter")
