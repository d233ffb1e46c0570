"""Job leads: what Hacker News' monthly hiring threads say, read out, judged, and posted without flooding."""
