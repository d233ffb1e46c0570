"""A study server in which people focus: starting, stopping, letting time pass, reading what was said."""

from typing import TypeVar

from bot.focus.deliveries import CompanyContent, EndContent
from bot.focus.rules import Company
from bot.focus.service import Started
from tests.delivery.fake_messenger import FakeMessenger, Message
from tests.delivery.study import ADA, GUILD, Study

T = TypeVar("T")


async def start(
    study: Study, user: int = ADA, minutes: int = 50, *, guild: int = GUILD, seen: bool = True
) -> Started:
    return await study.services.focus.start(guild, user, minutes=minutes, seen=seen)


async def stop(study: Study, started: Started) -> None:
    await study.services.focus.stop(GUILD, started.block.user_id, started.block.id)


async def forget(study: Study, user: int) -> None:
    for feature in study.services.personal_data:
        await study.services.database.write(feature.forget_member, GUILD, user)


async def later(study: Study, **parts: float) -> None:
    """Let time pass and what is outstanding go out; then ten seconds more, for changes that wait."""
    study.clock.advance(**parts)
    await study.tick()
    study.clock.advance(seconds=10)
    await study.tick()


def contents(messenger: FakeMessenger, kind: type[T]) -> list[T]:
    """What the messages of a kind show now, in the order in which they were sent."""
    return [message.content for message in messenger.of(kind) if isinstance(message.content, kind)]


def ends(study: Study) -> list[EndContent]:
    return contents(study.messenger, EndContent)


def told(study: Study) -> list[int]:
    """Who was told that a block is over, in order."""
    return [content.user_id for content in ends(study)]


def company_message(study: Study) -> Message:
    (message,) = study.messenger.of(CompanyContent)
    return message


def company(study: Study) -> Company:
    (content,) = contents(study.messenger, CompanyContent)
    return content.company


def running(study: Study) -> list[int]:
    return [member.user_id for member in company(study).running]


async def nothing_is_left_to_do(study: Study) -> bool:
    calls = len(study.messenger.calls)
    for hours in (1, 24, 24 * 30):
        study.clock.advance(hours=hours)
        await study.tick()
    return len(study.messenger.calls) == calls
