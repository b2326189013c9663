-- `retries` is the earlier entry that one tries again. `taken` lists the fields that the store took of a
-- change that it took only in part, as JSON; NULL where nothing of the kind was said.
ALTER TABLE entries ADD COLUMN retries TEXT REFERENCES entries (id);
ALTER TABLE entries ADD COLUMN taken TEXT;

-- Which fields were sent was not always written down; that nothing was, the way of an entry tells.
UPDATE entries SET sent = '[]'
WHERE sent IS NULL
  AND NOT EXISTS (SELECT 1 FROM steps WHERE steps.entry = entries.id AND steps.kind = 'sent');
