"""What the bot says by itself, overheard on its way to Discord."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.buddies.deliveries import BuddiesContent, DirectNudgeContent, NudgeContent
from bot.builds.deliveries import BuildContent, KickoffContent, ThereContent, WeekOverContent
from bot.checkins.deliveries import CardContent, PromptContent
from bot.checkins.pings import DirectPingContent, PingContent
from bot.clock import Clock
from bot.delivery.messenger import Place
from bot.focus.deliveries import CompanyContent, EndContent
from bot.ideas.deliveries import MergeContent
from bot.introductions.deliveries import IntroductionContent, IntroductionPingContent
from bot.leads.digests import DigestContent
from bot.leads.months import MonthContent
from bot.lookback.deliveries import LookbackContent, WeekContent, WeekRefusedContent
from bot.polls.deliveries import PollContent, ResultContent, ShortlistContent
from bot.resources.curators_week import CuratorsWeekContent
from bot.resources.deliveries import SuggestionContent
from bot.tracker.deliveries import FollowUpContent, FollowUpPingContent
from bot.watches.deliveries import WatchContent, WatchPingContent
from cogs.client import FEATURES, Autodidact
from cogs.messenger import DiscordMessenger


class Kind(StrEnum):
    """What a message is for."""

    PROMPT = "prompt"
    PING = "ping"
    SECOND_PING = "second ping"
    CARD = "card"
    FOCUS_END = "end of a block of focus"
    COMPANY = "company in focus"
    BUDDIES = "new buddies"
    NUDGE = "nudge"
    LOOKBACK = "look back"
    WEEK = "week of a member"
    WEEK_REFUSED = "week that could not be sent"
    DIGEST = "job leads"
    MONTH = "hiring thread of a month"
    WATCH = "what watches found"
    FOLLOW_UP = "follow-up"
    INTRODUCTION = "draft for “Who wants to be hired?”"
    POLL = "poll"
    SHORTLIST = "shortlist"
    RESULT = "result of a poll"
    BUILD = "build"
    KICKOFF = "how to begin"
    WEEK_OVER = "end of a week of building"
    BASELINE = "baseline"
    MERGE = "two ideas that look alike"
    SUGGESTION = "suggested resource"
    CURATORS_WEEK = "curators' week"
    OTHER = "message"


@dataclass(frozen=True, slots=True)
class Told:
    """One message: when and where it was posted, which members it is about, and what it says."""

    at: datetime
    kind: Kind
    channel_id: int
    members: Sequence[int] = ()
    text: str = ""


class OverheardMessenger(DiscordMessenger):
    """The bot's messenger, which also says what it has sent."""

    def __init__(self, client: Autodidact, clock: Clock, heard: Callable[[Told], None]):
        renderers = {content: look for cog in FEATURES for content, look in cog.renderers.items()}
        super().__init__(client, renderers, client.studio)
        self._clock = clock
        self._heard = heard

    async def send(self, place: Place, content: object, nonce: str) -> int:
        message_id = await super().send(place, content, nonce)
        self._heard(told_of(content, self._clock.now(), place.channel_id))
        return message_id


def told_of(content: object, at: datetime, channel_id: int) -> Told:
    """What a content says, about whom. A direct message is about whom it goes to, or is from, last."""
    kind, members, text = Kind.OTHER, list[int](), ""
    match content:
        case PromptContent():
            kind, text = Kind.PROMPT, content.question
        case PingContent():
            kind, members = Kind.SECOND_PING if content.is_second else Kind.PING, list(content.members)
        case DirectPingContent():
            kind, members = Kind.SECOND_PING if content.is_second else Kind.PING, [content.user_id]
        case CardContent():
            kind, members, text = Kind.CARD, [content.checkin.user_id], content.checkin.entry.done
        case EndContent():
            kind, members, text = Kind.FOCUS_END, [content.user_id], str(content.minutes)
        case CompanyContent():
            kind, members = Kind.COMPANY, [one.user_id for one in content.company.running]
        case BuddiesContent():
            kind, members = Kind.BUDDIES, [content.one, content.other]
        case NudgeContent():
            kind, members = Kind.NUDGE, [content.by_user_id, content.user_id]
        case DirectNudgeContent():
            kind, members = Kind.NUDGE, [content.by_user_id]
        case LookbackContent():
            kind = Kind.LOOKBACK
        case WeekContent():
            kind = Kind.WEEK
        case WeekRefusedContent():
            kind, members = Kind.WEEK_REFUSED, [content.user_id]
        case _:
            kind, members, text = _about_leads(content)
    return Told(at, kind, channel_id, members, text)


def _about_leads(content: object) -> tuple[Kind, list[int], str]:
    match content:
        case DigestContent():
            return Kind.DIGEST, [], ", ".join(filter(None, (lead.lead.company for lead in content.leads)))
        case MonthContent():
            return Kind.MONTH, [], str(content.figures.posts)
        case WatchContent():
            return Kind.WATCH, [], ""
        case WatchPingContent():
            return Kind.WATCH, list(content.members), ""
        case FollowUpContent():
            return Kind.FOLLOW_UP, [content.user_id], ""
        case FollowUpPingContent():
            return Kind.FOLLOW_UP, list(content.members), ""
        case IntroductionContent():
            return Kind.INTRODUCTION, [content.user_id], ""
        case IntroductionPingContent():
            return Kind.INTRODUCTION, list(content.members), ""
    return _about_choosing(content)


def _about_choosing(content: object) -> tuple[Kind, list[int], str]:
    match content:
        case PollContent():
            return Kind.POLL, [], content.view.poll.name
        case ShortlistContent():
            return Kind.SHORTLIST, [], content.view.poll.name
        case ResultContent():
            return Kind.RESULT, [], content.view.poll.name
        case BuildContent():
            return Kind.BUILD, list(content.build.members), content.build.text.title
        case KickoffContent():
            return Kind.KICKOFF, [], content.build.text.title
        case WeekOverContent():
            return Kind.WEEK_OVER, list(content.mentioned), content.build.text.title
        case ThereContent():
            return Kind.BASELINE, list(content.build.members), content.build.text.title
        case MergeContent():
            return Kind.MERGE, [], ""
        case SuggestionContent():
            return Kind.SUGGESTION, [], content.suggestion.entry.title
        case CuratorsWeekContent():
            return Kind.CURATORS_WEEK, [], str(len(content.misses) + content.more_misses)
    return Kind.OTHER, [], ""
