-- As few pages of the file as can be are written for an entry and for each move of it.
--
-- The entries of a job are written together and never deleted, so their numbers follow each other: `first` and
-- `size` of the job say which they are, and no index has to. A number is never used again without a list of
-- those that were: nothing is ever deleted. A job lies in one tree with its key.
DROP VIEW readable;

CREATE TABLE jobs_of (
    id          TEXT PRIMARY KEY,
    at          INTEGER NOT NULL,
    who         TEXT NOT NULL,
    digest      TEXT NOT NULL,
    first       INTEGER NOT NULL,
    size        INTEGER NOT NULL,
    held_at     INTEGER,
    held_because TEXT NOT NULL DEFAULT '',
    held_for    TEXT,
    held_reason TEXT,
    held_about  TEXT NOT NULL DEFAULT '',
    stopped_at  INTEGER
) STRICT, WITHOUT ROWID;

INSERT INTO jobs_of (id, at, who, digest, first, size, held_at, held_because, held_for, held_reason, held_about,
                     stopped_at)
SELECT id, at, who, digest, ifnull((SELECT min(number) FROM entries WHERE entries.job = jobs.id), 0), size, held_at,
       held_because, held_for, held_reason, held_about, stopped_at
FROM jobs;

CREATE TABLE entries_of (
    number      INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    job         TEXT NOT NULL REFERENCES jobs (id),
    subject     TEXT NOT NULL,
    subject_id  INTEGER,
    kind        TEXT NOT NULL,
    state       TEXT NOT NULL,
    state_at    INTEGER NOT NULL,
    made_id     INTEGER,
    undoes      TEXT REFERENCES entries (id),
    undone_by   TEXT REFERENCES entries (id),
    retries     TEXT REFERENCES entries (id),
    erased_at   INTEGER,
    failed      INTEGER NOT NULL DEFAULT 0,
    failed_at   INTEGER,
    reason      TEXT,
    about       TEXT NOT NULL DEFAULT '',
    store_words TEXT NOT NULL,
    name        TEXT NOT NULL DEFAULT '',
    labels      TEXT NOT NULL DEFAULT '',
    sent        TEXT,
    taken       TEXT,
    found       TEXT,
    refused     TEXT,
    made_as     TEXT,
    change      TEXT NOT NULL,
    search      TEXT NOT NULL DEFAULT ''
) STRICT;

INSERT INTO entries_of (number, id, job, subject, subject_id, kind, state, state_at, made_id, undoes, undone_by,
                        retries, erased_at, failed, failed_at, reason, about, store_words, name, labels, sent, taken,
                        found, refused, made_as, change, search)
SELECT number, id, job, subject, subject_id, kind, state, state_at, made_id, undoes, undone_by,
       retries, erased_at, failed, failed_at, reason, about, store_words, name, labels, sent, taken,
       found, refused, made_as, change, search
FROM entries;

DROP TABLE entries;
DROP TABLE jobs;
ALTER TABLE jobs_of RENAME TO jobs;
ALTER TABLE entries_of RENAME TO entries;

-- Within a state, and within a subject, an index is in the order of the numbers by itself.
CREATE INDEX entries_by_state ON entries (state);
CREATE INDEX entries_by_subject ON entries (subject, subject_id);
CREATE INDEX entries_by_made ON entries (made_id) WHERE made_id IS NOT NULL;
CREATE INDEX entries_undone ON entries (state) WHERE undone_by IS NOT NULL;
CREATE INDEX entries_failed ON entries (state) WHERE failed > 0;
CREATE INDEX jobs_held_for ON jobs (held_for) WHERE held_for IS NOT NULL;

CREATE VIEW readable AS
SELECT strftime('%Y-%m-%d %H:%M:%S', jobs.at / 1000, 'unixepoch') AS confirmed_utc,
       jobs.who AS who,
       entries.subject AS thing,
       coalesce(entries.made_id, entries.subject_id) AS number,
       entries.name AS name,
       entries.change ->> '$.what' AS what,
       entries.change -> '$.before' AS before,
       entries.change -> '$.after' AS after,
       entries.state AS state,
       strftime('%Y-%m-%d %H:%M:%S', entries.state_at / 1000, 'unixepoch') AS state_since_utc,
       entries.reason AS reason,
       entries.about AS about,
       entries.store_words AS store_words,
       entries.id AS entry,
       entries.job AS job
FROM entries JOIN jobs ON jobs.id = entries.job
ORDER BY entries.number;
