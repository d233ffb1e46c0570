"""What a new server most likely wants, to be confirmed: a zone by language, channels by name. Pure."""

from collections.abc import Iterable
from datetime import time
from enum import StrEnum
from typing import Final

USUAL_PROMPT_TIME: Final = time(9)
USUAL_LOOKBACK_TIME: Final = time(18)
USUAL_LOOKBACK_WEEKDAY: Final = 6
"""Sunday, as `Server.lookback_weekday` counts."""

_SAYS_LITTLE = "en-US"
"""Discord takes it for every server and every member that never chose a language."""

_ZONES = {
    "bg": "Europe/Sofia", "cs": "Europe/Prague", "da": "Europe/Copenhagen", "de": "Europe/Berlin",
    "el": "Europe/Athens", "en-GB": "Europe/London", "en-US": "America/New_York",
    "es-419": "America/Mexico_City", "es-ES": "Europe/Madrid", "fi": "Europe/Helsinki", "fr": "Europe/Paris",
    "hi": "Asia/Kolkata", "hr": "Europe/Zagreb", "hu": "Europe/Budapest", "id": "Asia/Jakarta",
    "it": "Europe/Rome", "ja": "Asia/Tokyo", "ko": "Asia/Seoul", "lt": "Europe/Vilnius",
    "nl": "Europe/Amsterdam", "no": "Europe/Oslo", "pl": "Europe/Warsaw", "pt-BR": "America/Sao_Paulo",
    "ro": "Europe/Bucharest", "ru": "Europe/Moscow", "sv-SE": "Europe/Stockholm", "th": "Asia/Bangkok",
    "tr": "Europe/Istanbul", "uk": "Europe/Kyiv", "vi": "Asia/Ho_Chi_Minh", "zh-CN": "Asia/Shanghai",
    "zh-TW": "Asia/Taipei",
}  # fmt: skip
"""Where most who speak one of Discord's languages live."""


class ChannelFor(StrEnum):
    """What a server has a channel for."""

    CHECKINS = "checkins"
    LEADS = "leads"
    CURATORS = "curators"


# Parts of names without what is no letter, the likeliest first.
_NAMES = {
    ChannelFor.CHECKINS: ("checkin", "standup", "accountab", "dailylog", "studylog"),
    ChannelFor.LEADS: ("joblead", "leads", "jobs", "jobboard", "hiring", "career"),
    ChannelFor.CURATORS: ("curator", "curation", "librarian", "moderator", "staff"),
}


def guessed_zone(languages: Iterable[str]) -> str:
    """The zone that goes with the first language, as Discord names them, that says anything."""
    known = [language for language in languages if language in _ZONES]
    telling = [language for language in known if language != _SAYS_LITTLE]
    return _ZONES[next(iter(telling), _SAYS_LITTLE)]


def channel_named(channels: Iterable[tuple[int, str]], wanted: ChannelFor) -> int | None:
    """The id among ids and names of channels whose name fits best; of several that fit alike, the first."""
    squeezed = [(number, "".join(filter(str.isalpha, name.casefold()))) for number, name in channels]
    for part in _NAMES[wanted]:
        for number, name in squeezed:
            if part in name:
                return number
    return None
