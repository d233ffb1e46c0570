-- Yesterday may be reported until noon; such a check-in is kept as late.
ALTER TABLE checkin ADD COLUMN late INTEGER NOT NULL DEFAULT 0 CHECK (late IN (0, 1));

-- The links of a check-in's first text, in their order: what there is to show.
CREATE TABLE evidence (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    local_day TEXT NOT NULL,
    position INTEGER NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (guild_id, user_id, local_day, position)
) STRICT, WITHOUT ROWID;

-- A range of days, both ends included, on which nothing is due and nothing is sent. Ranges do not overlap.
CREATE TABLE pause (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL CHECK (first_day <= last_day),
    set_at INTEGER NOT NULL,
    PRIMARY KEY (guild_id, user_id, first_day)
) STRICT, WITHOUT ROWID;

-- A due day of which the member said "not today".
CREATE TABLE rest_day (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    local_day TEXT NOT NULL,
    taken_at INTEGER NOT NULL,
    PRIMARY KEY (guild_id, user_id, local_day)
) STRICT, WITHOUT ROWID;

-- When the bot could not be reached, by its own heartbeat.
CREATE TABLE downtime (
    began_at INTEGER PRIMARY KEY,
    ended_at INTEGER NOT NULL CHECK (began_at < ended_at)
) STRICT;

-- Which zone a server had since when: until a member plans a routine, the server's days are theirs.
CREATE TABLE server_zone (
    guild_id INTEGER NOT NULL,
    set_at INTEGER NOT NULL,
    zone TEXT NOT NULL,
    PRIMARY KEY (guild_id, set_at)
) STRICT, WITHOUT ROWID;

INSERT INTO server_zone (guild_id, set_at, zone) SELECT guild_id, set_up_at, zone FROM server;

-- What the prompt asks ("own" are the server's questions below), and when the week is looked back on: 0 is
-- Monday; no day, no look back.
ALTER TABLE server ADD COLUMN questions TEXT NOT NULL DEFAULT 'doing';
ALTER TABLE server ADD COLUMN lookback_weekday INTEGER CHECK (lookback_weekday BETWEEN 0 AND 6);
ALTER TABLE server ADD COLUMN lookback_time TEXT NOT NULL DEFAULT '18:00';

CREATE TABLE question (
    guild_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (guild_id, position)
) STRICT, WITHOUT ROWID;

-- What a member chose: which figure others see, whether they may be named in the look back, and what they
-- want as direct messages. A day on which Discord refused one is kept, so that the member can be told.
CREATE TABLE preference (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    shown TEXT NOT NULL DEFAULT 'nothing' CHECK (shown IN ('streak', 'consistency', 'nothing')),
    named INTEGER NOT NULL DEFAULT 0 CHECK (named IN (0, 1)),
    second_ping INTEGER NOT NULL DEFAULT 0 CHECK (second_ping IN (0, 1)),
    direct_pings INTEGER NOT NULL DEFAULT 0 CHECK (direct_pings IN (0, 1)),
    direct_weeks INTEGER NOT NULL DEFAULT 0 CHECK (direct_weeks IN (0, 1)),
    direct_refused_on TEXT,
    PRIMARY KEY (guild_id, user_id)
) STRICT, WITHOUT ROWID;

-- What a member committed to for a week, which is named by its Monday. A goal that is carried over is kept
-- in its old week as carried, and stands as a new one in the next.
CREATE TABLE goal (
    id INTEGER PRIMARY KEY,
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    week TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'kept', 'carried', 'dropped')),
    set_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE INDEX goal_by_member ON goal (guild_id, user_id, week);

-- A block of focus. Blocks that overlap and may be seen belong to a company, named by the instant at which it
-- came together.
CREATE TABLE focus (
    id INTEGER PRIMARY KEY,
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    local_day TEXT NOT NULL,
    effort TEXT NOT NULL CHECK (effort IN ('high', 'middle', 'low')),
    minutes INTEGER NOT NULL,
    began_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    stopped_at INTEGER,
    seen INTEGER NOT NULL CHECK (seen IN (0, 1)),
    company INTEGER
) STRICT;

CREATE INDEX focus_by_member ON focus (guild_id, user_id, local_day);
CREATE INDEX focus_by_end ON focus (guild_id, ends_at);

-- Who waits for a buddy, who has one (a row for each of the two), whom they had, and who was nudged about
-- which missed day.
CREATE TABLE buddy_search (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    PRIMARY KEY (guild_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE buddy (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    with_user_id INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (guild_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE buddy_before (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    with_user_id INTEGER NOT NULL,
    parted_at INTEGER NOT NULL,
    PRIMARY KEY (guild_id, user_id, with_user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE nudge (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    missed_day TEXT NOT NULL,
    by_user_id INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    PRIMARY KEY (guild_id, user_id, missed_day)
) STRICT, WITHOUT ROWID;

-- Some things happen several times a day: `serial` tells them apart, and is 0 for all others. `kept` is what a
-- message goes on saying when it is changed, as the day's question does when an admin chooses others.
ALTER TABLE due ADD COLUMN serial INTEGER NOT NULL DEFAULT 0;

CREATE TABLE delivery_with_serial (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    local_day TEXT NOT NULL,
    serial INTEGER NOT NULL DEFAULT 0,
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
    kept TEXT,
    UNIQUE (kind, guild_id, user_id, local_day, serial)
) STRICT;

INSERT INTO delivery_with_serial
    (id, kind, guild_id, user_id, local_day, message_key, due_at, too_late_at, state, reason, wanted, shown,
     attempts, next_try_at, tried_at, channel_id, message_id, sent_at)
SELECT id, kind, guild_id, user_id, local_day, message_key, due_at, too_late_at, state, reason, wanted, shown,
       attempts, next_try_at, tried_at, channel_id, message_id, sent_at FROM delivery;

DROP TABLE delivery;
ALTER TABLE delivery_with_serial RENAME TO delivery;

CREATE INDEX delivery_to_do ON delivery (guild_id, next_try_at) WHERE shown < wanted;
CREATE INDEX delivery_by_message ON delivery (message_key) WHERE shown < wanted;
CREATE INDEX delivery_by_channel ON delivery (channel_id);
CREATE INDEX delivery_by_time ON delivery (guild_id, kind, due_at);
