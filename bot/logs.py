"""What is logged, and how: lines for people, with ids and codes but never what members wrote."""

import logging

UNKNOWN_INTERACTION = 10062
"""Discord's code for an answer that came too late; nothing is wrong with the bot then."""


def set_up(level: str) -> None:
    """Log to stderr. The level is for our own loggers: below info, discord.py logs whole payloads."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    chosen: int = logging.getLevelNamesMapping()[level.upper()]
    for name in ("bot", "cogs"):
        logging.getLogger(name).setLevel(chosen)
    # Nothing is said about voice, which this bot does not have, nor by yoyo about each step.
    logging.getLogger("discord.client").addFilter(lambda record: "voice" not in record.getMessage())
    logging.getLogger("discord.app_commands.tree").addFilter(_is_news)
    logging.getLogger("yoyo").setLevel(logging.WARNING)


def _is_news(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    causes = (error, getattr(error, "__cause__", None))
    return all(getattr(cause, "code", None) != UNKNOWN_INTERACTION for cause in causes)
