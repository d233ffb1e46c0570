"""What the pictures of a poll show: its shortlist, and its result."""

from collections.abc import Sequence
from math import ceil, floor

from bot.polls.rules import Method
from bot.polls.service import PollView
from bot.ranking.certainty import SETTLED, Shortlist, Standing
from bot.ranking.final import FinalResult
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.enclosures import Picture
from cogs.pictures.ranking_rows import ChartRow, RankingChart, Tick, ranking_picture
from cogs.polls.wording import ballots_decided, short_sureness

PARTS_OF_A_POINT, TICKS_AT_LEAST = (1, 2, 5, 10), 2


def shortlist_chart(view: PollView, shortlist: Shortlist) -> Picture:
    """All ideas of a poll by the strength that the cards give them, the shortlist set off."""
    rows = [_row(view, shortlist, standing, chosen=True) for standing in shortlist.members]
    rows += [_row(view, shortlist, standing, chosen=False) for standing in shortlist.others]
    return ranking_picture(
        RankingChart(
            heading=view.poll.name,
            note=_voters(view),
            measured=_("strength and 80 % range"),
            sure=_("in the five"),
            rows=rows,
            ticks=(Tick(0.0, _("an average idea")),),
        )
    )


def result_chart(view: PollView, final: FinalResult) -> Picture:
    """The finalists of a poll in the order of the result."""
    settled = final.order[0].sure >= SETTLED
    rows = [
        ChartRow(
            view.entries[placed.idea].title,
            placed.points,
            placed.low,
            placed.high,
            short_sureness(placed.sure, settled=settled),
            chosen=place == 0,
        )
        for place, placed in enumerate(final.order)
    ]
    measured, has_points = _measured(view)
    return ranking_picture(
        RankingChart(
            heading=view.poll.name,
            note=_voters(view),
            measured=measured,
            sure=_("is the best"),
            rows=rows,
            ticks=points_among(rows) if has_points else (),
        )
    )


def _row(view: PollView, shortlist: Shortlist, standing: Standing, *, chosen: bool) -> ChartRow:
    return ChartRow(
        view.entries[standing.idea].title,
        standing.strength,
        standing.low,
        standing.high,
        short_sureness(standing.sure, settled=shortlist.settled),
        chosen=chosen,
        near=standing.idea in shortlist.near_ties,
    )


def _measured(view: PollView) -> tuple[str, bool]:
    """What the axis of a result shows, and whether that is points; else strengths are all there is."""
    if not ballots_decided(view):
        return _("strength and 80 % range"), False
    if view.poll.method is Method.SCORES:
        return _("score and 80 % range"), True
    return _("how many it beats"), True


def points_among(rows: Sequence[ChartRow]) -> list[Tick]:
    """Two points at least, in even steps, among what rows show.

    An axis on which all points have room makes a dot of every range.
    """
    lowest, highest = min(row.low for row in rows), max(row.high for row in rows)
    for parts in PARTS_OF_A_POINT:
        places = range(ceil(lowest * parts), floor(highest * parts) + 1)
        if len(places) >= TICKS_AT_LEAST:
            decimals = 0 if parts == 1 else 1
            return [Tick(place / parts, f"{place / parts:.{decimals}f}") for place in places]
    return []


def _voters(view: PollView) -> str:
    count = len(view.voters)
    return ngettext("{count} voter", "{count} voters", count).format(count=count)
