"""The application and its bot: what is set for them in the developer portal, and what Discord knows."""

from dataclasses import dataclass
from datetime import timedelta

import discord

from bot.doctor.finding import Finding, ok, warning, wrong
from bot.doctor.reach import reason
from bot.doctor.wording import counted, span

LOGIN, APPLICATION, INTENTS, COMMANDS, SESSIONS = "login", "application", "intents", "commands", "connections"

PORTAL = "https://discord.com/developers/applications"
FEW_SESSIONS = 0.1

PRIVILEGED = {
    "presence": ("gateway_presence", "gateway_presence_limited"),
    "server members": ("gateway_guild_members", "gateway_guild_members_limited"),
    "message content": ("gateway_message_content", "gateway_message_content_limited"),
}


@dataclass(frozen=True, slots=True)
class Application:
    """What is set for an application. `anybody` says whether others than its owner may add the bot."""

    id: int
    name: str
    owner: str
    anybody: bool = True
    needs_code: bool = False
    sent_elsewhere: bool = False
    intents: tuple[str, ...] = ()


def read(info: discord.AppInfo) -> Application:
    """What discord.py says of an application, as far as it matters here."""
    return Application(
        id=info.id,
        name=info.name,
        owner=f"the team {info.team.name}" if info.team else info.owner.name,
        anybody=info.bot_public,
        needs_code=info.bot_require_code_grant,
        sent_elsewhere=info.interactions_endpoint_url is not None,
        intents=tuple(
            name for name, flags in PRIVILEGED.items() if any(getattr(info.flags, flag) for flag in flags)
        ),
    )


def judge(application: Application) -> list[Finding]:
    """Whether the application is set as it should be, and asks for no privileged intent."""
    return [_settings(application), _intents(application)]


def _settings(application: Application) -> Finding:
    by = "everybody" if application.anybody else "its owner only"
    told = f"{application.name} ({application.id}), of {application.owner}; may be added to servers by {by}."
    page = f"{PORTAL}/{application.id}"
    if application.sent_elsewhere:
        return wrong(
            APPLICATION,
            f"{told} What members do is sent to an address on the web, and not to the bot.",
            f"Empty Interactions Endpoint URL: {page}/information",
        )
    if application.needs_code:
        return wrong(
            APPLICATION,
            f"{told} Nobody can add it, since the invite needs a code.",
            f"Turn Requires OAuth2 Code Grant off: {page}/bot",
        )
    return ok(APPLICATION, told)


def _intents(application: Application) -> Finding:
    if application.intents:
        return warning(
            INTENTS,
            f"Turned on, though the bot needs none of them: {', '.join(application.intents)}.",
            f"Turn them off under Privileged Gateway Intents: {PORTAL}/{application.id}/bot",
        )
    return ok(INTENTS, "No privileged intent is turned on, and none is needed.")


def judge_commands(number: int) -> Finding:
    """Whether Discord has been told of the commands."""
    if number:
        return ok(COMMANDS, f"Discord knows {counted(number, 'command', 'commands')}.")
    return warning(
        COMMANDS,
        "Discord knows no command of the bot.",
        "The bot tells them at its first start. If it runs: write @Autodidact sync in a channel it sees.",
    )


def judge_sessions(left: int, total: int, anew_in: timedelta) -> Finding:
    """Whether the bot may still connect today; one that restarts over and over runs out of it."""
    told = f"{left} of {total} connections are left"
    if left >= total * FEW_SESSIONS:
        return ok(SESSIONS, f"{told} for today.")
    return warning(
        SESSIONS,
        f"{told} for the next {span(anew_in)}.",
        "Something starts the bot over and over: look into its log.",
    )


def refused() -> Finding:
    """Discord does not take the token."""
    return wrong(
        LOGIN,
        "Discord refuses the token: it was reset, or a part of it is missing.",
        f"Make a new one ({PORTAL}, Bot, Reset Token), put it into .env, and restart the bot.",
    )


def unreachable(error: Exception) -> Finding:
    """There was no answer, or none that says anything about the token."""
    if isinstance(error, discord.HTTPException) and not isinstance(error, discord.GatewayNotFound):
        later = f"Discord answers with status {error.status} (code {error.code})."
        return warning(LOGIN, later, "Try again later; https://discordstatus.com says how Discord is.")
    return wrong(
        LOGIN,
        f"Discord could not be reached: {reason(error)}.",
        "Look at this machine's connection; https://discordstatus.com says how Discord is.",
    )
