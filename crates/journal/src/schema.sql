-- What was confirmed at one time. Times are milliseconds since 1970, UTC.
CREATE TABLE jobs (
    id     TEXT PRIMARY KEY,
    at     INTEGER NOT NULL,
    who    TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;

-- One change of one thing. `number` is the order of sending; `subject` and `subject_id` say what it
-- is about, without a number for a thing that is to be made; `change` is the whole of it with the
-- values before and after; `made_id` is the number the store gave to a thing that was made.
CREATE TABLE entries (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE,
    job         TEXT NOT NULL REFERENCES jobs (id),
    subject     TEXT NOT NULL,
    subject_id  INTEGER,
    change      TEXT NOT NULL,
    made_id     INTEGER,
    kind        TEXT NOT NULL,
    state       TEXT NOT NULL,
    state_at    INTEGER NOT NULL,
    store_words TEXT NOT NULL,
    undoes      TEXT REFERENCES entries (id),
    undone_by   TEXT REFERENCES entries (id)
) STRICT;

CREATE INDEX entries_by_state ON entries (state, number);
CREATE INDEX entries_by_subject ON entries (subject, subject_id, number);
CREATE INDEX entries_by_made ON entries (made_id) WHERE made_id IS NOT NULL;
CREATE INDEX entries_by_job ON entries (job, number);

-- The way each entry came, one row a step, never changed.
CREATE TABLE steps (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    entry  TEXT NOT NULL REFERENCES entries (id),
    at     INTEGER NOT NULL,
    kind   TEXT NOT NULL,
    words  TEXT NOT NULL
) STRICT;

CREATE INDEX steps_by_entry ON steps (entry, number);
