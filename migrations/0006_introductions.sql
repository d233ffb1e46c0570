-- What a member puts into a post for "Who wants to be hired?", in the order of the thread's own template, and
-- whether they want a draft on the day the thread appears. `thread_id` is the newest thread that a draft was
-- planned for.
CREATE TABLE introduction (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    location TEXT NOT NULL,
    remote TEXT NOT NULL,
    relocate TEXT NOT NULL,
    technologies TEXT NOT NULL,
    resume TEXT NOT NULL,
    email TEXT NOT NULL,
    built TEXT NOT NULL,
    wanted INTEGER NOT NULL CHECK (wanted IN (0, 1)),
    thread_id INTEGER,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (guild_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX introduction_wanted ON introduction (guild_id, user_id) WHERE wanted = 1;
