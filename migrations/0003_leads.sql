-- Whether what concerns job leads reaches a member as direct messages.
ALTER TABLE preference ADD COLUMN direct_leads INTEGER NOT NULL DEFAULT 0 CHECK (direct_leads IN (0, 1));

-- The monthly threads of Hacker News that are read ('hiring') or waited for. They are public, and the same for
-- all servers. `month` is the first day of it; `newest_at` is when the newest stored post was written.
CREATE TABLE hiring_thread (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('hiring', 'seeking_work')),
    month TEXT NOT NULL,
    began_at INTEGER NOT NULL,
    found_at INTEGER NOT NULL,
    newest_at INTEGER,
    read_whole_at INTEGER
) STRICT;

-- Posts, by their ids at Hacker News, and what was read out of them. Who wrote a post is not kept: a company is
-- known again by `company_key`. `lead` and `signals` are JSON; `changed_at` is when the post came or its text
-- changed; `yearly_pay` is the most that is paid, roughly, in US dollars. What is counted every month stands in
-- columns of its own.
CREATE TABLE lead (
    id INTEGER PRIMARY KEY,
    thread_id INTEGER NOT NULL REFERENCES hiring_thread (id),
    month TEXT NOT NULL,
    kind TEXT NOT NULL,
    company_key TEXT,
    yearly_pay INTEGER,
    remote INTEGER NOT NULL,
    for_juniors INTEGER NOT NULL,
    degree_demanded INTEGER NOT NULL,
    ml_role INTEGER NOT NULL,
    posted_at INTEGER NOT NULL,
    found_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    vanished_at INTEGER,
    parser_version INTEGER NOT NULL,
    hash TEXT NOT NULL,
    signals TEXT NOT NULL,
    lead TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL
) STRICT;

CREATE INDEX lead_by_thread ON lead (thread_id, vanished_at, hash);
CREATE INDEX lead_by_month ON lead (month, posted_at);
CREATE INDEX lead_by_company ON lead (company_key, month) WHERE company_key IS NOT NULL;
CREATE INDEX lead_by_change ON lead (changed_at);
CREATE INDEX lead_by_parser ON lead (parser_version);

-- By which words and properties a lead is found: those of `bot.leads.words` and `bot.leads.filters`, apart by
-- spaces. It has the posts that offer a job and are still there, under the ids of their leads. Beginnings of
-- words are kept as well: without them, "engineer..." gathers half of all posts before it finds the newest.
CREATE VIRTUAL TABLE lead_search USING fts5 (
    words, tokenize = "ascii tokenchars '_+#.~:-'", detail = none, columnsize = 0, prefix = '3 4 5 6 7 8 9 10'
);

-- What a server wants of leads: without a channel it gets no digest. `places` and `languages` are JSON lists.
CREATE TABLE lead_settings (
    guild_id INTEGER PRIMARY KEY,
    channel_id INTEGER,
    hour TEXT NOT NULL,
    mark INTEGER NOT NULL CHECK (mark BETWEEN 0 AND 100),
    places TEXT NOT NULL,
    languages TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

-- What a signal is worth in a server that chose so.
CREATE TABLE lead_weight (
    guild_id INTEGER NOT NULL,
    signal TEXT NOT NULL,
    weight INTEGER NOT NULL,
    PRIMARY KEY (guild_id, signal)
) STRICT, WITHOUT ROWID;

-- Which leads a server has been shown, and the local day of the digest that shows them.
CREATE TABLE lead_shown (
    guild_id INTEGER NOT NULL,
    lead_id INTEGER NOT NULL,
    local_day TEXT NOT NULL,
    PRIMARY KEY (guild_id, lead_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX lead_shown_where ON lead_shown (lead_id);
CREATE INDEX lead_shown_by_day ON lead_shown (guild_id, local_day);
