"""The bot with a quick heart, `python -m tests.wire.quick_heart run`: a beat every 0.1 s, not every 30."""

from __future__ import annotations

from datetime import timedelta

import bot.heartbeat
from bot.__main__ import main

if __name__ == "__main__":
    bot.heartbeat.BEAT_EVERY = timedelta(seconds=0.1)
    main()
