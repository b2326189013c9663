-- `reason` is why, as a code, apart from the store's own words, and `about` what it speaks of: fields, a
-- scope, a place in an answer. `found` are the values that stood in the store at a step.
ALTER TABLE entries ADD COLUMN reason TEXT;
ALTER TABLE entries ADD COLUMN about TEXT NOT NULL DEFAULT '';
ALTER TABLE steps ADD COLUMN reason TEXT;
ALTER TABLE steps ADD COLUMN about TEXT NOT NULL DEFAULT '';
ALTER TABLE steps ADD COLUMN found TEXT;
ALTER TABLE jobs ADD COLUMN held_reason TEXT;
ALTER TABLE jobs ADD COLUMN held_about TEXT NOT NULL DEFAULT '';

DROP VIEW readable;
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
