"""Where the malice takes place: a server in which people act, another that must not notice, and people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tests.wire.standin import OWNER_ID
from tests.wire.standin import permissions as right
from tests.wire.study_server import StudyServer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.wire.standin import StandIn

MANAGE_EVENTS = 1 << 33

THEIRS = "quokka"
"""Stands in every text of the other server, and in no other."""

PRIVATE = "axolotl"
"""Stands in what the richest member of the first server keeps to herself, and in no other text."""


class Who(StrEnum):
    """Somebody who acts: what they may do, and what is stored of them."""

    RICH = "a member with everything"
    MEMBER = "a member with a routine"
    NEWCOMER = "a member of whom nothing is stored"
    CURATOR = "who manages messages"
    EVENTS = "who manages events"
    MANAGER = "who manages the server"
    LEFT = "somebody who left"
    STRANGER = "somebody who never was here"


MANAGERS = frozenset({Who.MANAGER})
CURATORS = frozenset({Who.CURATOR, Who.MANAGER})
OUTSIDE = frozenset({Who.LEFT, Who.STRANGER})
"""Those who can reach the bot by direct messages only."""

HELD = {Who.CURATOR: right.MANAGE_MESSAGES, Who.EVENTS: MANAGE_EVENTS, Who.MANAGER: right.MANAGE_GUILD}


@dataclass(frozen=True, slots=True)
class Place:
    """A server with its channels."""

    guild: int
    channel: int
    office: int
    thread: int
    role: int


@dataclass(frozen=True, slots=True)
class Town:
    """The server in which people act, the other one with its own two people, and a server that is not set up.

    `bait` is somebody whom only what is typed mentions: no message may call them.
    """

    standin: StandIn
    here: Place
    there: Place
    bare: Place
    study: StudyServer
    people: Mapping[Who, int]
    theirs: tuple[int, int]
    bait: int

    def who(self, user: int) -> Who:
        return next(who for who, one in self.people.items() if one == user)


def found(standin: StandIn) -> Town:
    """Make the servers and their people on a stand-in."""
    study = StudyServer(standin)
    here = _place(standin, study.guild, study.channel, study.office)
    people = {who: standin.add_member(study.guild, who.name.lower()) for who in Who}
    for who, allowed in HELD.items():
        role = standin.add_role(study.guild, who.name.lower(), allowed)
        standin.world.guilds[study.guild].members[people[who]]["roles"].append(str(role))
    for who in OUTSIDE:
        del standin.world.guilds[study.guild].members[people[who]]
    bait = standin.add_member(study.guild, "bait")
    other = standin.add_guild("Other school")
    there = _place(
        standin, other, standin.add_channel(other, "theirs"), standin.add_channel(other, "theirs2")
    )
    theirs = (standin.add_member(other, "bea"), standin.add_member(other, "bob"))
    new = standin.add_guild("Bare school")
    bare = _place(standin, new, standin.add_channel(new, "bare"), standin.add_channel(new, "bare2"))
    for who, user in people.items():
        if who not in OUTSIDE:
            standin.add_member(new, user=user)
    standin.add_member(new, user=OWNER_ID)
    return Town(standin, here, there, bare, study, people, theirs, bait)


def _place(standin: StandIn, guild: int, channel: int, office: int) -> Place:
    thread = standin.add_channel(guild, "aside")
    role = standin.add_role(guild, "helpers")
    return Place(guild, channel, office, thread, role)
