-- A job can be held by the person, or stopped for good; `size` is how many entries it was written
-- with.
ALTER TABLE jobs ADD COLUMN held_at INTEGER;
ALTER TABLE jobs ADD COLUMN stopped_at INTEGER;
ALTER TABLE jobs ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
UPDATE jobs SET size = (SELECT count(*) FROM entries WHERE entries.job = jobs.id);

-- `name` is what a person knew the thing by, `search` what it is found by; `found` the values that
-- stood in the store where a change met somebody else's; `refused` what the store held against
-- single fields; `erased_at` when the personal data in the row was erased.
ALTER TABLE entries ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE entries ADD COLUMN search TEXT NOT NULL DEFAULT '';
ALTER TABLE entries ADD COLUMN found TEXT;
ALTER TABLE entries ADD COLUMN refused TEXT;
ALTER TABLE entries ADD COLUMN erased_at INTEGER;
UPDATE entries SET search = lower(coalesce(subject_id, '') || ' ' || change);

DROP INDEX entries_by_job;
CREATE INDEX entries_by_job ON entries (job, state, number);
CREATE INDEX entries_undone ON entries (job) WHERE undone_by IS NOT NULL;

-- Who, when, what, before, after and the store's words, for whoever opens the file with another
-- program.
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
       entries.store_words AS store_words,
       entries.id AS entry,
       entries.job AS job
FROM entries JOIN jobs ON jobs.id = entries.job
ORDER BY entries.number;
