"""Invented members, drawn in the tests of pictures."""

from collections.abc import Callable
from datetime import date, timedelta

from bot.checkins.ledger import Consistency, DayState, LedgerDay, Reason
from bot.checkins.rules import KindOfWork
from bot.progress.account import Account, account_of
from bot.progress.figures import Amount, DayFigure, Evidence, Figures, building_share, first_week
from cogs.pictures.calendar import draw_calendar
from cogs.pictures.names import Name
from cogs.pictures.progress import draw_progress
from cogs.pictures.ranking_chart import draw_ranking
from cogs.pictures.ranking_rows import ChartRow, RankingChart, Tick

FRIDAY = date(2026, 11, 20)
MINUTES = (25, 50, None, 90, 130, 40, 10)

D, L, F, R, M = DayState.DONE, DayState.LATE, DayState.FROZEN, DayState.REST, DayState.MISSED
FORTNIGHT = (D, D, D, F, D, D, R, L, D, D, D, D, M, R)
"""Two weeks from a Monday on, which come again and again."""


def state_of(day: date) -> DayState:
    """What became of a day of the invented year."""
    if day == FRIDAY:
        return DayState.TODAY
    if date(2026, 8, 3) <= day <= date(2026, 8, 16):
        return DayState.PAUSED
    if day == date(2026, 9, 22):
        return DayState.OUTAGE
    return FORTNIGHT[day.toordinal() % 14]


def busy() -> Figures:
    """A member with all there is to show."""
    first = first_week(FRIDAY)
    days = [first + timedelta(days=number) for number in range(10, (FRIDAY - first).days + 1)]
    work = {
        KindOfWork.LEARNING: Amount(31, 1_290),
        KindOfWork.BUILDING: Amount(72, 4_020),
        KindOfWork.SHOWING: Amount(9, 410),
        KindOfWork.JOB_HUNT: Amount(6, 190),
    }
    return Figures(
        first=first,
        last=FRIDAY,
        began=days[0],
        checkins=118,
        days=[
            DayFigure(day, state_of(day), MINUTES[number % 7] if state_of(day) in (D, L) else None)
            for number, day in enumerate(days)
        ],
        streak=23,
        longest=41,
        consistency=Consistency(19, 21),
        freezes=2,
        to_next_freeze=4,
        work=work,
        building=building_share(work),
        goals_kept=7,
        evidence=[
            Evidence(date(2026, 11, 18), "https://github.com/mira-dev/unseen-month"),
            Evidence(date(2026, 11, 11), "https://www.example.org/notes/first-baseline-that-runs/"),
            Evidence(date(2026, 10, 30), "https://example.net/leakage?x=1"),
        ],
    )


def beginner() -> Figures:
    """A member on their first day, without minutes or links."""
    work = {KindOfWork.LEARNING: Amount(1, 0)}
    return Figures(
        first=first_week(FRIDAY),
        last=FRIDAY,
        began=FRIDAY,
        checkins=1,
        days=[DayFigure(FRIDAY, D)],
        streak=1,
        longest=1,
        consistency=Consistency(1, 1),
        freezes=0,
        to_next_freeze=6,
        work=work,
        building=building_share(work),
        goals_kept=0,
        evidence=[],
    )


def account(first: date, began: date = date(2025, 1, 1)) -> Account:
    """The invented year from a day on, until Friday, 20 November 2026."""
    days = [began + timedelta(days=number) for number in range((FRIDAY - began).days + 1)]
    ledger = [LedgerDay(day, state_of(day), Reason.REPORTED, due=True, freezes=1) for day in days]
    return account_of(ledger, first, FRIDAY)


IDEAS = (
    "Captions for street sounds",
    "Which bird sings there",
    "Sort the mailbox of a small club",
    "Read handwritten recipes",
    "A tutor that asks instead of telling",
    "Find the page in a scanned manual",
    "Прогноз урожаю за фото з дрона",
    "Notice when a hive of bees swarms",
    "Match lost gloves",
    "Write commit messages from diffs in the voice of the team that reads them",
    "Guess the year of a photograph",
    "Count my pull-ups",
)


def standing(ideas: int = 30) -> RankingChart:
    """A settled ranking: five are chosen, two are near, and most of the others are not shown."""
    figures = ["99 %", "96 %", "91 %", "78 %", "62 %", "44 %", "38 %", "9 %", "6 %", "3 %", "1 %", "< 1 %"]
    strengths = [2.1, 1.7, 1.4, 1.05, 0.8, 0.72, 0.66, 0.1, -0.1, -0.4, -0.8, -1.0]
    rows = [
        ChartRow(title, at, at - 0.4 - 0.04 * n, at + 0.4 + 0.04 * n, sure, chosen=n < 5, near=n in (5, 6))
        for n, (title, at, sure) in enumerate(zip(IDEAS, strengths, figures, strict=True))
    ]
    rows += [ChartRow(f"Idea {number}", -1.5, -2.1, -0.9, "< 1 %") for number in range(len(rows), ideas)]
    ticks = [Tick(0.0, "an average idea")]
    heading = "What do we build in May?"
    return RankingChart(heading, "14 voters", "strength and 80 % range", "in the five", rows[:ideas], ticks)


def open_standing() -> RankingChart:
    """A ranking of ten that is not settled: words instead of figures."""
    words = ["almost certain", "likely", "between 70 and 95 %", "between 55 and 80 %", "about even"]
    words += ["about even", "between 20 and 45 %", "unlikely", "unlikely", "unlikely"]
    rows = [
        ChartRow(title, 1 - 0.2 * n, 0.2 - 0.2 * n, 1.8 - 0.2 * n, sure, chosen=n < 5, near=n in (5, 6))
        for n, (title, sure) in enumerate(zip(IDEAS, words, strict=False))
    ]
    return RankingChart("Зимовий проєкт", "3 voters", "strength and 80 % range", "in the five", rows)


def final() -> RankingChart:
    """The final of five, by scores."""
    figures = [(9, 4.2, 0.3, "71 %"), (1, 3.9, 0.35, "22 %"), (6, 3.6, 0.4, "6 %"), (3, 2.8, 0.5, "1 %")]
    rows = [
        ChartRow(IDEAS[idea], at, at - spread, at + spread, sure, chosen=idea == 9)
        for idea, at, spread, sure in [*figures, (4, 2.2, 0.4, "< 1 %")]
    ]
    ticks = [Tick(float(score), str(score)) for score in range(6)]
    return RankingChart(
        "What do we build in May?", "11 ballots", "score and 80 % range", "is the best", rows, ticks
    )


MIRA = Name("Mira Løvås", "mira")

SAMPLES: dict[str, Callable[[], bytes]] = {
    "progress": lambda: draw_progress(busy(), MIRA),
    "progress-beginner": lambda: draw_progress(beginner(), Name("Юлія", "yuliia")),
    "ledger-five-weeks": lambda: draw_calendar(account(date(2026, 10, 17)), MIRA),
    "ledger-half-year": lambda: draw_calendar(account(date(2026, 6, 1)), MIRA),
    "ranking": lambda: draw_ranking(standing()),
    "ranking-open": lambda: draw_ranking(open_standing()),
    "ranking-final": lambda: draw_ranking(final()),
    "ledger-year": lambda: draw_calendar(account(date(2025, 11, 21)), MIRA),
}
"""What is kept as approved images."""
