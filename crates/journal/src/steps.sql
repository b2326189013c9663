-- The way of an entry, numbered from 1. In one tree with its key: a step that is written down touches one
-- page of the file, not three.
CREATE TABLE steps_of (
    entry  TEXT NOT NULL REFERENCES entries (id),
    number INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    kind   TEXT NOT NULL,
    words  TEXT NOT NULL,
    PRIMARY KEY (entry, number)
) STRICT, WITHOUT ROWID;

INSERT INTO steps_of (entry, number, at, kind, words)
SELECT entry, row_number() OVER (PARTITION BY entry ORDER BY number), at, kind, words FROM steps;

DROP TABLE steps;
ALTER TABLE steps_of RENAME TO steps;
