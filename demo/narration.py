"""The sentences of the demo on the terminal. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.localtime import local
from demo.biography import Person
from demo.told import Kind, Told
from demo.world import World

EXCERPT = 80

KEYS = """\
  n  let time pass until the bot speaks up next: a prompt, a ping, new job leads …
  c  show another channel or thread on the page (1 to 9 choose one, 0 the tenth)
  v  who is who, and what time it is for them
  r  restart the bot, as after a crash: everything goes on where it was
  h  these keys
  q  end the demo (Ctrl-C does, too)"""


def other_port(wanted: int) -> str:
    """Why the page is not where it usually is."""
    return f"Port {wanted} is taken, so the page has another one this time; AUTODIDACT_DEMO_PORT chooses one."


def opening(world: World, url: str, now: datetime) -> str:
    """What the terminal shows when the page can be opened."""
    starter = next(person.name for person in world.people if person.key == world.owner)
    return f"""\
“{world.name}” is open: {len(world.people)} invented people, {_weeks(world, now)} weeks of check-ins.
The bot in it is the real one. Try /progress, /ledger, /week, /goal list, /buddy show and /focus;
and for work /leads latest, search, watch, tracker and introduction. #job-leads has this month's best.
In #projects a poll collects ideas for spring. As {starter}, press “Steer” under it and open the voting;
vote, and let time pass: the others vote too, until one idea gets its seven days.
/resource find, browse, next and mine are the shelf; #curators is for those who keep it, as {starter} does.

  {url}

Type / on the page to see the commands, or press “Check in” under the day's prompt.
“Viewing as”, above the messages, is whose eyes you look through.

{KEYS}

{when(now, world.zone)}"""


def _weeks(world: World, now: datetime) -> int:
    return (now - world.begins).days // 7


def when(moment: datetime, zone: str) -> str:
    """An instant as the people of a zone would say it."""
    here = local(moment, zone)
    return f"It is {here:%A}, {here.day} {here:%B %Y}, {here:%H:%M} in {_city(zone)}."


def _city(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def message(
    told: Told, place: str, people: Mapping[int, Person], zone: str, direct: Person | None = None
) -> str:
    """One line about a message of the bot: when in the server's zone, what, to whom, and where it is.

    `direct` is the member whose direct messages it stands in.
    """
    known = [people[member] for member in told.members if member in people]
    names = ", ".join(person.name for person in known)
    match told.kind:
        case Kind.PROMPT:
            what = f"prompt in {place}: {_shortened(told.text)}"
        case Kind.PING | Kind.SECOND_PING:
            what = f"{told.kind} in {place} to " + ", ".join(
                f"{person.name} ({local(told.at, person.zone):%H:%M} in {person.city})" for person in known
            )
        case Kind.CARD:
            what = f"{names} checked in: {_shortened(told.text)}"
        case Kind.FOCUS_END:
            what = f"{names}'s {told.text} minutes of focus are over, told in {place}"
        case Kind.COMPANY:
            what = f"in focus together, shown in {place}: {names}"
        case Kind.BUDDIES:
            what = f"buddies from now on, told in {place}: {names}"
        case Kind.NUDGE:
            by, *others = known
            to = (others or [by if direct is None else direct])[0]
            what = f"nudge in {place}: {by.name} thinks of {to.name}"
        case Kind.LOOKBACK:
            what = f"look back on the week in {place}"
        case Kind.WEEK:
            what = f"the member's own week in {place}"
        case Kind.WEEK_REFUSED:
            what = f"{names} is told in {place} that their week could not be sent"
        case Kind.DIGEST:
            what = f"new job leads in {place}: {_shortened(told.text)}"
        case Kind.MONTH:
            what = f"this month's hiring thread in {place}: {told.text} posts so far"
        case Kind.WATCH:
            what = f"something new for {_whose(known, direct, 'watches')}, told in {place}"
        case Kind.FOLLOW_UP:
            what = f"time to follow up, told in {place}: {names}"
        case Kind.INTRODUCTION:
            what = f"“Who wants to be hired?” has begun, told with a draft in {place}: {names}"
        case Kind.POLL:
            what = f"a new poll in {place}: {_shortened(told.text)}"
        case Kind.SHORTLIST:
            what = f"the five of “{_shortened(told.text)}” in {place}"
        case Kind.RESULT:
            what = f"the result of “{_shortened(told.text)}” in {place}"
        case Kind.BUILD:
            what = f"seven days for “{_shortened(told.text)}” in {place}: {names}"
        case Kind.KICKOFF:
            what = f"how to begin with “{_shortened(told.text)}”, in {place}"
        case Kind.WEEK_OVER:
            what = f"is the baseline there? asked in {place}: {names or 'nobody by name'}"
        case Kind.BASELINE:
            what = f"a baseline is there, told in {place}: {names}"
        case Kind.MERGE:
            what = f"are two ideas the same? asked in {place}"
        case Kind.SUGGESTION:
            what = f"a suggestion for the shelf in {place}: {_shortened(told.text)}"
        case Kind.CURATORS_WEEK:
            what = f"the curators' week in {place}: {told.text} searches found nothing"
        case Kind.OTHER:
            what = f"message in {place}"
    return f"  {local(told.at, zone):%H:%M}  {what}"


def _whose(known: Sequence[Person], direct: Person | None, what: str) -> str:
    names = [person.name for person in known or filter(None, [direct])]
    return f"the {what} of {', '.join(names)}"


def _shortened(text: str) -> str:
    line = text.split("\n", 1)[0]
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"


def viewers(people: Sequence[tuple[Person, bool]], world: World, now: datetime) -> str:
    """Who is who; each person with whether the page can look through their eyes."""
    lines = ["“Viewing as” on the page switches among those with a star:"]
    for person, can_view in sorted(people, key=lambda pair: local(now, pair[0].zone).replace(tzinfo=None)):
        star = "*" if can_view else " "
        role = ", looks after the server" if person.key == world.owner else ""
        lines.append(f"  {star} {local(now, person.zone):%a %H:%M}  {person.name}, {person.city}{role}")
    return "\n".join(lines)


def channels(places: Sequence[str], shown: int) -> str:
    """The channels a page can show, with the one it shows."""
    return "\n".join(
        f"  {'→' if number == shown else ' '} {number + 1}  {place}" for number, place in enumerate(places)
    )
