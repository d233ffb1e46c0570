-- What a member wants to hear of in a server. Without a name of its own, a watch is called by its filters.
-- `since` is when it was made, changed, or taken up again; posts from a day before that on are news to it.
CREATE TABLE watch (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    name TEXT,
    filters TEXT NOT NULL,
    paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
    since INTEGER NOT NULL
) STRICT;

CREATE INDEX watch_by_member ON watch (guild_id, user_id);

-- Who wants no messages about what their watches find.
CREATE TABLE watch_silence (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (guild_id, user_id)
) STRICT, WITHOUT ROWID;

-- What the watches of a member found, once for each lead, and the instant that names the message, or the look of
-- the member's own, by which they were told.
CREATE TABLE watch_find (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    lead_id INTEGER NOT NULL,
    found_at INTEGER NOT NULL,
    told_at INTEGER,
    PRIMARY KEY (guild_id, user_id, lead_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX watch_find_untold ON watch_find (guild_id, user_id) WHERE told_at IS NULL;

-- Up to which instant the leads have been looked through for all the watches of a server.
CREATE TABLE watch_round (
    guild_id INTEGER PRIMARY KEY,
    looked_until INTEGER NOT NULL
) STRICT;
