"""Malice from outside: anything that can be sent to the bot, by anybody, thrown at all of its commands."""
