-- A job that a member pursues. What a lead said is copied, since posts vanish. `applied_on`, `since` (the day on
-- which it came into its state) and all other days are the member's own. `follow_up` says which follow-up is
-- planned or due, the first or the second, `follow_up_on` from which day on, and `told_on` on which day the
-- member was told; without `follow_ups` none is told of this job.
CREATE TABLE application (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    lead_id INTEGER,
    company TEXT NOT NULL,
    company_key TEXT,
    role TEXT NOT NULL,
    place TEXT NOT NULL,
    link TEXT NOT NULL,
    founder INTEGER NOT NULL DEFAULT 0 CHECK (founder IN (0, 1)),
    state TEXT NOT NULL CHECK (
        state IN ('saved', 'applied', 'interviewing', 'offer', 'rejected', 'ghosted', 'not_for_me')
    ),
    since TEXT NOT NULL,
    applied_on TEXT,
    follow_ups INTEGER NOT NULL DEFAULT 1 CHECK (follow_ups IN (0, 1)),
    follow_up INTEGER CHECK (follow_up IN (1, 2)),
    follow_up_on TEXT,
    told_on TEXT,
    saved_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    CHECK ((follow_up IS NULL) = (follow_up_on IS NULL)),
    CHECK (told_on IS NULL OR follow_up IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX application_by_lead ON application (guild_id, user_id, lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX application_by_member ON application (guild_id, user_id, state);
CREATE INDEX application_by_company ON application (guild_id, company_key) WHERE company_key IS NOT NULL;

-- What became of it, day by day: a state it came into, or that its member followed up.
CREATE TABLE application_step (
    id INTEGER PRIMARY KEY,
    application_id INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    local_day TEXT NOT NULL,
    step TEXT NOT NULL CHECK (
        step IN ('saved', 'applied', 'interviewing', 'offer', 'rejected', 'ghosted', 'not_for_me',
                 'followed_up')
    ),
    noted_at INTEGER NOT NULL
) STRICT;

CREATE INDEX application_step_by_member ON application_step (guild_id, user_id, application_id);

CREATE TABLE application_note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    application_id INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    local_day TEXT NOT NULL,
    text TEXT NOT NULL,
    noted_at INTEGER NOT NULL
) STRICT;

CREATE INDEX application_note_by_member ON application_note (guild_id, user_id, application_id);

-- The rounds of interviewing: what, and on which day it was or will be.
CREATE TABLE application_round (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    application_id INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    local_day TEXT NOT NULL,
    text TEXT NOT NULL,
    noted_at INTEGER NOT NULL
) STRICT;

CREATE INDEX application_round_by_member ON application_round (guild_id, user_id, application_id);

-- Whether a member is counted in "three of us applied", and wants to be told of follow-ups at all.
CREATE TABLE tracker_choice (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    counted INTEGER NOT NULL CHECK (counted IN (0, 1)),
    follow_ups INTEGER NOT NULL CHECK (follow_ups IN (0, 1)),
    PRIMARY KEY (guild_id, user_id)
) STRICT, WITHOUT ROWID;
