-- When the bot could not be reached in the servers of a shard, of so many: of the one there is when it could not
-- be reached at all.
ALTER TABLE downtime RENAME TO downtime_before;

CREATE TABLE downtime (
    began_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL CHECK (began_at < ended_at),
    shard INTEGER NOT NULL DEFAULT 0 CHECK (0 <= shard AND shard < shards),
    shards INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (began_at, shards, shard)
) STRICT, WITHOUT ROWID;

INSERT INTO downtime (began_at, ended_at) SELECT began_at, ended_at FROM downtime_before;

DROP TABLE downtime_before;

-- Each process notes how its own jobs do, by the first of its shards.
ALTER TABLE job RENAME TO job_before;

CREATE TABLE job (
    shard INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL,
    interval_seconds REAL NOT NULL,
    ran_at INTEGER NOT NULL,
    seconds REAL NOT NULL,
    failures INTEGER NOT NULL,
    PRIMARY KEY (shard, name)
) STRICT, WITHOUT ROWID;

INSERT INTO job (name, interval_seconds, ran_at, seconds, failures)
SELECT name, interval_seconds, ran_at, seconds, failures FROM job_before;

DROP TABLE job_before;

-- What is due in servers that another process looks after, which may be away, is passed over without a look at
-- the rows themselves.
DROP INDEX due_by_time;

CREATE INDEX due_by_time ON due (due_at, guild_id);
