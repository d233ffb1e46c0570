"""What a new server most likely wants."""

import discord
import pytest

from bot import zones
from bot.servers.guessing import ChannelFor, channel_named, guessed_zone


@pytest.mark.parametrize(
    ("languages", "zone"),
    [
        (["de"], "Europe/Berlin"),
        (["pt-BR", "de"], "America/Sao_Paulo"),
        # Nobody chose what everybody begins with, so who is asked says more.
        (["en-US", "ja"], "Asia/Tokyo"),
        (["en-US", "en-US"], "America/New_York"),
        (["en-GB", "en-US"], "Europe/London"),
        (["tlh", "fr"], "Europe/Paris"),
        ([], "America/New_York"),
    ],
)
def test_a_zone_is_guessed_by_the_first_language_that_says_anything(languages: list[str], zone: str) -> None:
    assert guessed_zone(languages) == zone


def test_every_language_of_discord_has_a_zone_that_exists() -> None:
    usual = guessed_zone([])
    for locale in discord.Locale:
        zone = guessed_zone([locale.value])
        assert zones.is_zone(zone)
        assert zones.resolve(zone) == zone
        assert (zone == usual) == (locale is discord.Locale.american_english)


@pytest.mark.parametrize(
    ("names", "wanted", "found"),
    [
        (["general", "check-ins"], ChannelFor.CHECKINS, "check-ins"),
        (["✅・Daily-Check-In", "standup"], ChannelFor.CHECKINS, "✅・Daily-Check-In"),
        (["standup", "checkins"], ChannelFor.CHECKINS, "checkins"),
        (["general", "memes"], ChannelFor.CHECKINS, None),
        (["jobs", "job-leads"], ChannelFor.LEADS, "job-leads"),
        (["leadership", "job-talk"], ChannelFor.LEADS, None),
        (["mod-staff", "curators"], ChannelFor.CURATORS, "curators"),
        ([], ChannelFor.CURATORS, None),
    ],
)
def test_a_channel_is_found_by_its_name(names: list[str], wanted: ChannelFor, found: str | None) -> None:
    number = channel_named(enumerate(names), wanted)
    assert (None if number is None else names[number]) == found
