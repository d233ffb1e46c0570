-- A server that an admin has set up. Instants are seconds since 1970 in UTC, days are local dates
-- (YYYY-MM-DD), times of day are HH:MM, in every table.
CREATE TABLE server (
    guild_id INTEGER PRIMARY KEY,
    checkin_channel_id INTEGER NOT NULL,
    zone TEXT NOT NULL,
    prompt_time TEXT NOT NULL,
    set_up_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

-- What a member planned, kept as it was from day to day: the newest row that began on or before a day rules
-- that day, so a change never reaches back. No days means that the member stopped.
CREATE TABLE routine (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    set_at INTEGER NOT NULL,
    from_day TEXT NOT NULL,
    zone TEXT NOT NULL,
    days INTEGER NOT NULL CHECK (days BETWEEN 0 AND 127),
    at TEXT NOT NULL,
    ping INTEGER NOT NULL CHECK (ping IN (0, 1)),
    PRIMARY KEY (guild_id, user_id, set_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkin (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    local_day TEXT NOT NULL,
    zone TEXT NOT NULL,
    done TEXT NOT NULL,
    next TEXT NOT NULL,
    blocked TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('learning', 'building', 'showing', 'job_hunt')),
    minutes INTEGER CHECK (minutes BETWEEN 0 AND 1440),
    reported_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    changes INTEGER NOT NULL,
    PRIMARY KEY (guild_id, user_id, local_day)
) STRICT, WITHOUT ROWID;

CREATE INDEX checkin_by_time ON checkin (guild_id, reported_at);

-- What is due next: one row for each prompt of a server (user_id 0) and each ping of a member.
CREATE TABLE due (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    zone TEXT NOT NULL,
    at TEXT NOT NULL,
    days INTEGER NOT NULL,
    local_day TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    UNIQUE (kind, guild_id, user_id)
) STRICT;

CREATE INDEX due_by_time ON due (due_at);

-- The outbox. A row is one thing said to one server or member for one local day, once. Rows with the same
-- message key go out as one message. `wanted` is raised when what the message shows has changed; the bot
-- sends or edits until `shown` has caught up.
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    local_day TEXT NOT NULL,
    message_key TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    too_late_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'skipped')),
    reason TEXT,
    wanted INTEGER NOT NULL DEFAULT 1,
    shown INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try_at INTEGER NOT NULL,
    tried_at INTEGER,
    channel_id INTEGER,
    message_id INTEGER,
    sent_at INTEGER,
    UNIQUE (kind, guild_id, user_id, local_day)
) STRICT;

CREATE INDEX delivery_to_do ON delivery (guild_id, next_try_at) WHERE shown < wanted;
CREATE INDEX delivery_by_message ON delivery (message_key) WHERE shown < wanted;
CREATE INDEX delivery_by_channel ON delivery (channel_id);
CREATE INDEX delivery_by_time ON delivery (guild_id, kind, due_at);

-- Small facts the program keeps about itself, such as the hash of the commands that Discord was told.
CREATE TABLE fact (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
