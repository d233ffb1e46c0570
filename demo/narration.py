"""The sentences of the demo on the terminal. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.localtime import local
from demo.told import Kind, Told
from demo.world import Person, World

EXCERPT = 80

KEYS = """\
  n  let time pass until the next prompt or ping
  c  show another channel or thread on the page (1 to 9 choose one)
  v  who is who, and what time it is for them
  h  these keys
  q  end the demo (Ctrl-C does, too)"""


def other_port(wanted: int) -> str:
    """Why the page is not where it usually is."""
    return f"Port {wanted} is taken, so the page has another one this time; AUTODIDACT_DEMO_PORT chooses one."


def opening(world: World, url: str, now: datetime) -> str:
    """What the terminal shows when the page can be opened."""
    return f"""\
“{world.name}” is open: {len(world.people)} invented people, {_weeks(world, now)} weeks of check-ins.
The bot in it is the real one.

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


def message(told: Told, place: str, people: Mapping[int, Person], zone: str) -> str:
    """One line about a message of the bot: when in the server's zone, what, to whom, and when it is there."""
    known = [people[member] for member in told.members if member in people]
    match told.kind:
        case Kind.PROMPT:
            what = f"prompt in {place}: {_shortened(told.text)}"
        case Kind.PING:
            what = f"ping in {place} to " + ", ".join(
                f"{person.name} ({local(told.at, person.zone):%H:%M} in {person.city})" for person in known
            )
        case Kind.CARD:
            what = f"{', '.join(person.name for person in known)} checked in: {_shortened(told.text)}"
    return f"  {local(told.at, zone):%H:%M}  {what}"


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
