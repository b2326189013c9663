-- `sent` lists the fields that were ever sent, as JSON; NULL for entries from before it was written down.
-- `made_as` is what the store said of a product when it was made; `labels` what else a person sees an
-- entry's values called; `held_because` the store's words for which a job is
-- held, empty if the person holds it.
ALTER TABLE entries ADD COLUMN sent TEXT;
ALTER TABLE entries ADD COLUMN made_as TEXT;
ALTER TABLE entries ADD COLUMN labels TEXT NOT NULL DEFAULT '';
ALTER TABLE jobs ADD COLUMN held_because TEXT NOT NULL DEFAULT '';

-- What was found as wanted without ever having been sent is nobody's of ours to put back.
UPDATE entries SET state = 'already-so'
WHERE state = 'done-found'
  AND NOT EXISTS (SELECT 1 FROM steps WHERE steps.entry = entries.id AND steps.kind = 'sent');
