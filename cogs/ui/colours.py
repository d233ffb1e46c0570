"""The bot's colours: one a meaning, readable in Discord's light and dark themes."""

import discord

CALM = discord.Colour(0x5B6EE1)
GOOD = discord.Colour(0x2E9E6B)
PROBLEM = discord.Colour(0xC9503C)

LEARNING = discord.Colour(0x4C8BD6)
BUILDING = discord.Colour(0x2E9E6B)
SHOWING = discord.Colour(0xD69A2D)
JOB_HUNT = discord.Colour(0x9B5FC0)
