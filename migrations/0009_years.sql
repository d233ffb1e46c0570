-- Servers that the bot was taken out of, and since when: what is theirs is kept for thirty days, in case it comes
-- back.
CREATE TABLE departed_server (
    guild_id INTEGER PRIMARY KEY,
    left_at INTEGER NOT NULL
) STRICT;

-- How the program's fixed jobs are doing, for whoever asks from outside: when each ran last, how long that took,
-- and how many of its runs failed since the program's start. Written at most once a minute.
CREATE TABLE job (
    name TEXT PRIMARY KEY,
    interval_seconds REAL NOT NULL,
    ran_at INTEGER NOT NULL,
    seconds REAL NOT NULL,
    failures INTEGER NOT NULL
) STRICT;
