"""Text commands by mention, for the owner of the application only: status, sync, tick."""

from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from cogs.ui.feature import Feature

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Context = commands.Context[Autodidact]


class OwnerCog(Feature):
    """What the one who runs the bot asks it; a mention works without the message content intent."""

    async def cog_check(self, ctx: "Context") -> bool:  # type: ignore[override]
        return await self.client.is_owner(ctx.author)

    @commands.command()
    async def status(self, ctx: "Context") -> None:
        """Since when it runs, how the jobs do, how late deliveries are, how big the database is."""
        client = self.client
        health = await client.services.health()
        started = discord.utils.format_dt(client.started_at, "R")
        lines = [
            f"**Up** since {started}, in {len(client.guilds)} servers, {health.servers} of them set up.",
            f"**Deliveries**: {health.outstanding} waiting, the oldest unsent for "
            f"{health.lag_seconds:.0f} s; "
            + (
                f"next due {discord.utils.format_dt(health.next_due, 'R')}."
                if health.next_due
                else "none due."
            ),
            f"**Database**: {health.database_bytes / 1024:,.0f} KiB, version {health.database_version}.",
        ]
        if not client.services.shards.is_all:
            told = "tells of its own servers and jobs; deliveries and database are those of all"
            lines.insert(1, f"**This process** runs {client.services.shards} and {told}.")
        for job in client.schedule.status() if client.schedule else []:
            next_run = discord.utils.format_dt(job.next_run, "R") if job.next_run else "not planned"
            lines.append(
                f"**Job {job.name}**: next {next_run}, took {job.seconds * 1000:.0f} ms, "
                f"{job.failures} failures."
            )
        if client.services.shards.has_first:
            lines += await self._hacker_news()
            lines += await self._links()
        else:
            lines.append("**Hacker News and links** are looked after by the process with shard 0.")
        await ctx.send("\n".join(lines))

    async def _hacker_news(self) -> list[str]:
        rounds = self.client.services.rounds
        if rounds is None:
            return ["**Hacker News** is not read."]
        status = await rounds.status()
        last, troubled = status.last, status.last_troubled
        if last is None:
            told = "not read since the start"
        else:
            new, changed, gone = (
                sum(getattr(one, what) for one in last.looked) for what in ("new", "changed", "vanished")
            )
            told = f"read {discord.utils.format_dt(last.at, 'R')}, {new} new, {changed} changed, {gone} gone"
        lines = [f"**Hacker News**: {told}; next {discord.utils.format_dt(status.next_at, 'R')}."]
        if troubled is not None:
            came_to = "given up until the next round" if troubled.gave_up else "with a way around it"
            lines.append(
                f"**Trouble there** {discord.utils.format_dt(troubled.at, 'R')}, {came_to}: "
                f"{'; '.join(troubled.troubles)[:500]}."
            )
        return lines

    async def _links(self) -> list[str]:
        links = self.client.services.links
        if links is None:
            return ["**Links** are not looked at."]
        status = await links.status()
        counts, last, failed = status.counts, status.last, status.last_failed
        looked = (
            f"last looked {discord.utils.format_dt(last.at, 'R')}"
            if last
            else "not looked at since the start"
        )
        if status.paused_until is not None:
            then = f"paused until {discord.utils.format_dt(status.paused_until, 'R')}"
        elif counts.next_at is not None:
            then = f"next {discord.utils.format_dt(counts.next_at, 'R')}"
        else:
            then = "none to look at"
        lines = [
            f"**Links**: {counts.addresses} looked after, {counts.unseen} of them not seen yet, "
            f"{counts.failing} failing, {counts.dead} dead; {looked}; {then}."
        ]
        if failed is not None:
            # Without its address, which may be one that only some server knows.
            lines.append(
                f"**A link failed** {discord.utils.format_dt(failed.at, 'R')}: {failed.verdict.problem}."
            )
        return lines

    @commands.command()
    async def sync(self, ctx: "Context") -> None:
        """Tell Discord all commands, whether they changed or not."""
        commands_known = await self.client.command_list.sync(always=True)
        await ctx.send(f"Discord knows {commands_known} commands now. Members may have to restart their app.")

    @commands.command()
    async def tick(self, ctx: "Context") -> None:
        """Look at once for what is due, and send it."""
        handled = await self.client.tick()
        await ctx.send(f"{handled} messages sent or changed.")
