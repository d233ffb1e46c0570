-- What a member might build. `user_id` is who wrote it down, null once they are forgotten while others go on
-- with it; `merged_into` is the idea that it became one with.
CREATE TABLE idea (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    user_id INTEGER,
    title TEXT NOT NULL,
    problem TEXT NOT NULL,
    angle TEXT NOT NULL,
    baseline TEXT NOT NULL,
    link TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'withdrawn', 'merged')),
    merged_into INTEGER,
    added_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    CHECK ((state = 'merged') = (merged_into IS NOT NULL))
) STRICT;

CREATE INDEX idea_by_member ON idea (guild_id, user_id);

-- Whoever else an idea is of, since one of theirs was merged into it.
CREATE TABLE idea_co_author (
    idea_id INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    PRIMARY KEY (idea_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX idea_co_author_by_member ON idea_co_author (guild_id, user_id);

-- A member found that two ideas are one; the authors of the other have to agree.
CREATE TABLE idea_merge (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    from_idea INTEGER NOT NULL,
    into_idea INTEGER NOT NULL,
    proposed_at INTEGER NOT NULL,
    answered_at INTEGER,
    accepted INTEGER CHECK (accepted IN (0, 1)),
    CHECK ((answered_at IS NULL) = (accepted IS NULL))
) STRICT;

CREATE INDEX idea_merge_by_member ON idea_merge (guild_id, user_id);

-- A poll from collecting ideas to the baseline of the one that is picked. `user_id` is who started it, null once
-- they are forgotten. `shortlist` and `tried` are JSON lists of the positions of its entries; `ended_by` says
-- what ended its last phase.
CREATE TABLE poll (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    user_id INTEGER,
    name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('alone', 'invited', 'everyone')),
    method TEXT NOT NULL CHECK (method IN ('scores', 'ranking')),
    standing_open INTEGER NOT NULL CHECK (standing_open IN (0, 1)),
    seed INTEGER NOT NULL,
    phase TEXT NOT NULL CHECK (
        phase IN ('collect', 'cards', 'final', 'baseline', 'closed', 'moved_on', 'dropped')
    ),
    collect_until INTEGER NOT NULL,
    cards_until INTEGER NOT NULL,
    final_until INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    phase_since INTEGER NOT NULL,
    ended_by TEXT,
    shortlist TEXT NOT NULL DEFAULT '[]',
    tried TEXT NOT NULL DEFAULT '[]'
) STRICT;

CREATE INDEX poll_by_server ON poll (guild_id, phase);

CREATE TABLE poll_invited (
    poll_id INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    PRIMARY KEY (poll_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX poll_invited_by_member ON poll_invited (guild_id, user_id);

-- An idea in a poll. Its texts are null while ideas are collected, when those of the idea hold, and what was
-- voted on from then on.
CREATE TABLE poll_entry (
    poll_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    idea_id INTEGER NOT NULL,
    title TEXT,
    problem TEXT,
    angle TEXT,
    baseline TEXT,
    link TEXT,
    withdrawn_at INTEGER,
    PRIMARY KEY (poll_id, position),
    UNIQUE (poll_id, idea_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX poll_entry_by_idea ON poll_entry (idea_id);

-- Who votes in a poll. `user_id` becomes null when a voter is forgotten after the close: the votes stay as
-- nobody's. By the receipt a voter finds their own votes in the record of the poll.
CREATE TABLE poll_voter (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    poll_id INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    user_id INTEGER,
    receipt TEXT NOT NULL UNIQUE,
    joined_at INTEGER NOT NULL,
    UNIQUE (poll_id, user_id)
) STRICT;

CREATE INDEX poll_voter_by_member ON poll_voter (guild_id, user_id);

-- A card as it was shown: `shown` is a JSON list of positions in their order. Neither `picked` nor `skipped`:
-- it is still open.
CREATE TABLE poll_card (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    poll_id INTEGER NOT NULL,
    voter_id INTEGER NOT NULL,
    shown TEXT NOT NULL,
    picked INTEGER,
    skipped INTEGER NOT NULL DEFAULT 0 CHECK (skipped IN (0, 1)),
    dealt_at INTEGER NOT NULL,
    answered_at INTEGER,
    CHECK (picked IS NULL OR skipped = 0)
) STRICT;

CREATE INDEX poll_card_by_voter ON poll_card (voter_id);
CREATE INDEX poll_card_picked ON poll_card (poll_id, voter_id) WHERE picked IS NOT NULL;
CREATE UNIQUE INDEX poll_card_open ON poll_card (voter_id) WHERE picked IS NULL AND skipped = 0;

-- A voter's ballot of the final, as JSON: marks by position and criterion, or places by position.
CREATE TABLE poll_ballot (
    voter_id INTEGER PRIMARY KEY,
    poll_id INTEGER NOT NULL,
    ballot TEXT NOT NULL,
    cast_at INTEGER NOT NULL
) STRICT;

CREATE INDEX poll_ballot_by_poll ON poll_ballot (poll_id);

-- A team's seven days for the baseline of an idea that a poll picked. `zone` is the one by which they are
-- reckoned; `asked_at` is when the team was asked whether the baseline is there, `shown` where it can be seen.
-- `rival` is the title of the idea that about as many wanted, while a second team may still be made for it.
CREATE TABLE build (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    poll_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    problem TEXT NOT NULL,
    angle TEXT NOT NULL,
    baseline TEXT NOT NULL,
    link TEXT NOT NULL,
    zone TEXT NOT NULL,
    began_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'there', 'moved_on')),
    ended_at INTEGER,
    asked_at INTEGER,
    shown TEXT NOT NULL DEFAULT '',
    rival TEXT NOT NULL DEFAULT '',
    CHECK ((state = 'running') = (ended_at IS NULL))
) STRICT;

CREATE INDEX build_by_server ON build (guild_id, state);
CREATE INDEX build_by_poll ON build (poll_id);

-- Who is in a build. Those who pressed "I'm in" want to be mentioned when the week is over. `shown_on` is the
-- member's local day on which the baseline was there.
CREATE TABLE build_member (
    build_id INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    joined_at INTEGER NOT NULL,
    mentioned INTEGER NOT NULL CHECK (mentioned IN (0, 1)),
    shown_on TEXT,
    PRIMARY KEY (build_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX build_member_by_member ON build_member (guild_id, user_id);
