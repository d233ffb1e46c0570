-- What one can learn from: the catalogue that comes with the program (guild_id null, known by its slug), and what
-- the curators of a server took in (slug null). `topics`, `also` and `asks` are JSON lists of
-- texts. A resource that is
-- gone keeps its row, since members' marks hang on it.
CREATE TABLE resource (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER,
    slug TEXT,
    address TEXT NOT NULL,
    address_key TEXT NOT NULL,
    title TEXT NOT NULL,
    good_for TEXT NOT NULL,
    kind TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('anyone', 'beginner', 'intermediate', 'advanced')),
    topics TEXT NOT NULL,
    cost TEXT NOT NULL CHECK (cost IN ('free', 'freemium', 'paid')),
    minutes INTEGER,
    maths INTEGER NOT NULL CHECK (maths IN (0, 1)),
    step TEXT NOT NULL CHECK (step IN ('learn', 'build', 'show', 'hunt')),
    source TEXT NOT NULL,
    author TEXT NOT NULL,
    also TEXT NOT NULL,
    asks TEXT NOT NULL,
    recalled INTEGER NOT NULL CHECK (recalled IN (0, 1)),
    dead TEXT NOT NULL,
    replaced_by TEXT,
    added_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    gone_at INTEGER,
    CHECK ((guild_id IS NULL) = (slug IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX resource_by_slug ON resource (slug) WHERE guild_id IS NULL;
CREATE UNIQUE INDEX resource_of_server ON resource (guild_id, address_key) WHERE guild_id IS NOT NULL AND gone_at IS NULL;
-- For what was there before, and for the catalogue, which the unique ones leave out.
CREATE INDEX resource_by_address ON resource (guild_id, address_key);

-- What a server does not want to see of the catalogue.
CREATE TABLE resource_hidden (
    guild_id INTEGER NOT NULL,
    resource_id INTEGER NOT NULL,
    PRIMARY KEY (guild_id, resource_id)
) STRICT, WITHOUT ROWID;

-- How often a server's shelf was changed: whoever keeps an index of it sees by this that it is out of date.
CREATE TABLE resource_shelf (
    guild_id INTEGER PRIMARY KEY,
    changes INTEGER NOT NULL
) STRICT;

-- What a resource is to a member: each column holds since when, or null.
CREATE TABLE resource_mark (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    resource_id INTEGER NOT NULL,
    saved_at INTEGER,
    started_at INTEGER,
    finished_at INTEGER,
    helped_at INTEGER,
    PRIMARY KEY (guild_id, user_id, resource_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX resource_marked ON resource_mark (guild_id, resource_id, helped_at);

-- A member found that a link is dead.
CREATE TABLE resource_report (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    resource_id INTEGER NOT NULL,
    reported_at INTEGER NOT NULL,
    PRIMARY KEY (guild_id, resource_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX resource_report_by_member ON resource_report (guild_id, user_id);

-- What a member would have in the catalogue, with what is filled in for the curators so far. `user_id` is null
-- once they are forgotten.
CREATE TABLE resource_suggestion (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    user_id INTEGER,
    address TEXT NOT NULL,
    address_key TEXT NOT NULL,
    title TEXT NOT NULL,
    good_for TEXT NOT NULL,
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    topics TEXT NOT NULL,
    cost TEXT NOT NULL,
    minutes INTEGER,
    maths INTEGER NOT NULL CHECK (maths IN (0, 1)),
    step TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'declined')),
    reason TEXT NOT NULL,
    resource_id INTEGER,
    suggested_at INTEGER NOT NULL,
    decided_at INTEGER,
    CHECK ((state = 'waiting') = (decided_at IS NULL))
) STRICT;

CREATE INDEX resource_suggestion_by_member ON resource_suggestion (guild_id, user_id);
CREATE INDEX resource_suggestion_waiting ON resource_suggestion (guild_id, state);

-- What was searched and not found in the week that begins on a Monday, in the words as they were searched, without
-- who searched.
CREATE TABLE resource_miss (
    guild_id INTEGER NOT NULL,
    week TEXT NOT NULL,
    words TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (guild_id, week, words)
) STRICT, WITHOUT ROWID;

-- Where a server's curators are told things.
CREATE TABLE resource_settings (
    guild_id INTEGER PRIMARY KEY,
    curators_channel_id INTEGER,
    changed_at INTEGER NOT NULL
) STRICT;

-- How the link behind an address is doing. `failed_on` is a JSON list of the last days in UTC, one after the other,
-- on which it failed; `dead_since` is when that became too many.
CREATE TABLE resource_link (
    address_key TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    next_check_at INTEGER NOT NULL,
    checked_at INTEGER,
    failed_on TEXT NOT NULL,
    problem TEXT NOT NULL,
    dead_since INTEGER
) STRICT;

CREATE INDEX resource_link_due ON resource_link (next_check_at);
CREATE INDEX resource_link_dead ON resource_link (dead_since) WHERE dead_since IS NOT NULL;
