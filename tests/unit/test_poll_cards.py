"""How polls look: what they say in each phase, how sure they say things are, and that all of it fits."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.builds.rules import BuildState
from bot.polls.deliveries import PollContent, ResultContent, ShortlistContent
from bot.polls.errors import NoSuchPoll
from bot.polls.rules import EndedBy, Method, Phase, Scope
from bot.polls.service import Listed, PollView
from bot.polls.votes import VoterSeen
from bot.ranking.final import DecidedBy, Split
from cogs.messenger import Rendered
from cogs.pictures.ranking_rows import ChartRow
from cogs.polls.charts import points_among, result_chart, shortlist_chart
from cogs.polls.collecting import added_card
from cogs.polls.entries import PAGE, idea_card, ideas_card
from cogs.polls.inviting import invitation, invited_card
from cogs.polls.listing import find_chosen, list_card
from cogs.polls.message import poll_card, render_poll
from cogs.polls.results import render_result
from cogs.polls.shortlists import render_shortlist
from cogs.polls.starting import started_card, started_view
from cogs.polls.steering import panel_card, panel_view
from tests.discord_limits import violations
from tests.poll_views import START, STARTER, build, crowded, entries, poll, result, seen, shortlist

NONCE = "a" * 24
LETTERS = ["a", "*", "界", "ш", "ك", "ก", "\N{FAMILY}"]
ENDS = (Phase.CLOSED, Phase.MOVED_ON, Phase.DROPPED)
SECRET = "How the cards stand is a secret until they are over."


def posted(rendered: Rendered) -> dict[str, object]:
    """The body of a message as it would be sent."""
    assert rendered.embed is not None
    assert rendered.view is not None
    return {
        "content": rendered.text,
        "embeds": [rendered.embed.to_dict()],
        "components": rendered.view.to_components(),
        "nonce": NONCE,
    }


def custom_ids(rendered: Rendered) -> list[str]:
    assert rendered.view is not None
    return [item["custom_id"] for row in rendered.view.to_components() for item in row["components"]]


def said(embed: discord.Embed) -> str:
    parts = [embed.title, embed.description, *(f"{each.name}: {each.value}" for each in embed.fields)]
    text = "\n".join(filter(None, [*parts, embed.footer.text]))
    # A percent sign never stands alone on a line.
    assert not re.search(r"\d %", text)
    return text.replace("\N{NO-BREAK SPACE}", " ")


def of_poll(view: PollView) -> str:
    return said(poll_card(view))


def of_shortlist(view: PollView) -> str:
    embed = render_shortlist(ShortlistContent(view), NONCE).embed
    assert embed is not None
    return said(embed)


def of_result(view: PollView, *, few: bool = False) -> str:
    embed = render_result(ResultContent(view, "{}", few), NONCE).embed
    assert embed is not None
    return said(embed)


def everything_posted(letter: str) -> Iterator[Rendered]:
    for phase in Phase:
        for scope in Scope:
            for method in Method:
                view = crowded(phase, letter, scope=scope, method=method, standing_open=True)
                yield render_poll(PollContent(view), NONCE)
                if view.shortlist is not None:
                    yield render_shortlist(ShortlistContent(view), NONCE)
                if view.final is not None:
                    yield render_result(ResultContent(view, "{}", few_voters=True), NONCE)


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


SIX = [f"Idea {number}" for number in range(1, 8)]


def finalists(**changed: Any) -> PollView:
    return seen(
        poll(Phase.FINAL, shortlist=(0, 1, 2, 3, 4)),
        SIX,
        voters=[VoterSeen(11, 9, False)],
        **changed,
    )


def test_a_settled_shortlist_says_percents_and_names_what_was_left_out_by_a_hair() -> None:
    text = of_shortlist(finalists(shortlist=shortlist([0.999, 0.91, 0.9, 0.88, 0.7, 0.4, 0.2], near=[5])))
    assert "Settled: more taps would hardly change more than one of them." in text
    # Nothing that is reckoned from votes is ever said to be certain.
    assert "1. **Idea 1** · 99 %\n2. **Idea 2** · 91 %" in text
    assert "Left out by a hair, and may as well belong in: **Idea 6**." in text
    assert "until <t:" in text


def test_a_shortlist_that_is_not_settled_says_words_and_ranges_and_no_percent() -> None:
    view = finalists(shortlist=shortlist([0.97, 0.7, 0.5, 0.3, 0.05, 0.4, 0.4], near=[5, 6], overlap=0.849))
    text = of_shortlist(view)
    assert "Not settled: with more taps other ideas might be in." in text
    assert "1. **Idea 1** · almost surely (90 to 100 %)" in text
    assert "2. **Idea 2** · likely (65 to 90 %)" in text
    assert "3. **Idea 3** · about even (35 to 65 %)" in text
    assert "4. **Idea 4** · unlikely (10 to 35 %)" in text
    assert "5. **Idea 5** · hardly (0 to 10 %)" in text
    assert not re.search(r"· \d+ %", text)
    assert "any of them may as well belong in: **Idea 6**, **Idea 7**." in text


def test_where_no_other_idea_is_left_nothing_is_said_to_be_sure() -> None:
    text = of_shortlist(finalists(shortlist=shortlist([1.0] * 5, overlap=1.0)))
    assert "There are no more ideas than these, so all of them are in." in text
    assert "%" not in text


def test_the_picture_of_a_shortlist_says_the_same_as_its_text() -> None:
    settled = shortlist([0.99, 0.91, 0.9, 0.88, 0.7, 0.4, 0.2], near=[5])
    told = shortlist_chart(finalists(shortlist=settled), settled).alternative
    assert "2. Idea 2: in the five 91 %." in told
    assert "6. Idea 6: in the five 40 %, nearly chosen." in told
    assert "1 voter" in told
    unsettled = replace(settled, overlap=0.5)
    assert "2. Idea 2: in the five almost surely." in shortlist_chart(finalists(), unsettled).alternative


def decided(method: Method = Method.SCORES, **changed: Any) -> PollView:
    return seen(
        poll(Phase.BASELINE, method=method, shortlist=(0, 1, 2), tried=(0,)),
        shortlist=shortlist([1.0, 1.0, 1.0]),
        **{"voters": [VoterSeen(number, 9, True, counts_in_final=True) for number in (11, 12)], **changed},
    )


def test_a_result_by_marks_says_the_pick_its_points_and_how_sure_it_is() -> None:
    text = of_result(decided(final=result([4.12, 3.0, 2.96], sure=0.91)))
    assert text.startswith("The pick: One\n")
    assert "Decided by marks from 0 to 5 for five questions, together with what the cards say." in text
    assert "**For a résumé.**" in text
    assert "How sure it is to be the best of these: **91 %**." in text
    assert "1. **One** · 4.1 of 5\n2. **Two** · 3.0 of 5\n3. **Three** · 3.0 of 5" in text
    assert "`autodidact ideas rank poll-votes.json`" in text
    assert "tie" not in text
    assert "Two teams" not in text


def test_a_result_that_is_not_sure_is_said_in_words() -> None:
    text = of_result(decided(final=result([4.1, 3.0, 3.0], sure=0.84)))
    assert "How sure it is to be the best of these: **likely (65 to 90 %)**." in text


@pytest.mark.parametrize(
    ("decided_by", "words"),
    [
        (DecidedBy.BORDA, "Borda's points decided"),
        (DecidedBy.CARDS, "What the cards say of them decided."),
        (DecidedBy.LOT, "so a lot decided; it comes from the seed in the file."),
    ],
)
def test_a_tie_is_called_a_tie_and_what_broke_it_is_said(decided_by: DecidedBy, words: str) -> None:
    final = result([1.5, 1.5, 0.0], tied=[0, 1], decided_by=decided_by)
    text = of_result(decided(Method.RANKING, final=final))
    assert "**A tie for the first place:** **One**, **Two**." in text
    assert words in text
    assert "Decided by ranked ballots and Schulze's method" in text
    assert "1. **One** · beats 1.5 of 2" in text


def test_without_a_ballot_the_cards_decide_and_no_marks_are_made_up() -> None:
    final = result([2.9, 2.5, 2.1], decided_by=DecidedBy.CARDS)
    view = decided(final=final, voters=[VoterSeen(11, 9, False)])
    text = of_result(view)
    assert "Nobody cast a ballot, so what the cards say decides." in text
    assert "1. **One**\n2. **Two**\n3. **Three**" in text
    assert "of 5" not in text


@pytest.mark.parametrize("decided_by", [DecidedBy.CARDS, DecidedBy.LOT])
def test_ballots_that_are_not_whole_have_had_their_say_where_a_tie_was_broken(decided_by: DecidedBy) -> None:
    final = result([2.9, 2.9, 2.1], tied=[0, 1], decided_by=decided_by)
    text = of_result(decided(final=final, voters=[VoterSeen(11, 9, False, counts_in_final=True)]))
    assert "Decided by marks from 0 to 5" in text
    assert "1. **One** · 2.9 of 5" in text
    assert "Nobody cast a ballot" not in text


def test_a_split_says_how_many_want_each_and_that_two_teams_are_possible() -> None:
    final = result([3.1, 3.0, 1.0], sure=0.55, split=Split(0, 1, 6, 5))
    text = of_result(decided(final=final))
    assert "**Close:** 6 voters prefer **One**, and 5 prefer **Two**. Two teams are possible" in text


def test_few_voters_are_told_that_others_may_guess_who_voted_how() -> None:
    view = decided(final=result([4.0, 3.0, 2.0]))
    assert "others may guess" in of_result(view, few=True)
    assert "others may guess" not in of_result(view)
    alone = replace(view, poll=replace(view.poll, scope=Scope.ALONE))
    assert "others may guess" not in of_result(alone, few=True)


def test_the_file_of_a_result_is_the_record_as_it_is() -> None:
    view = decided(final=result([4.0, 3.0, 2.0]))
    rendered = render_result(ResultContent(view, '{"ideas": "ü"}', few_voters=False), NONCE)
    assert rendered.attachment is not None
    assert rendered.attachment.content.decode() == '{"ideas": "ü"}'
    assert rendered.picture is not None
    assert "1. One: is the best 90 %" in rendered.picture.alternative


def test_the_chart_of_a_result_is_drawn() -> None:
    view = decided(final=result([4.0, 3.0, 2.0]))
    assert view.final is not None
    assert result_chart(view, view.final).draw().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("ranges", "points"),
    [
        ([(3.0, 3.9), (2.0, 2.5)], ["2", "3"]),
        ([(4.2, 4.6), (3.7, 4.1)], ["4.0", "4.5"]),
        ([(4.2, 4.45), (4.05, 4.1)], ["4.2", "4.4"]),
        ([(3.0, 3.0)], []),
        ([(4.7, 5.0), (0.0, 0.4)], ["0", "1", "2", "3", "4", "5"]),
    ],
)
def test_the_axis_of_a_result_names_points_among_what_is_on_it(
    ranges: list[tuple[float, float]], points: list[str]
) -> None:
    rows = [ChartRow("One", (low + high) / 2, low, high, "likely") for low, high in ranges]
    assert [tick.label for tick in points_among(rows)] == points


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
