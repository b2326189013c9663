-- How often requests for an entry failed without saying whose trouble it is, and since when: what failed
-- stands back behind what has not, also after another start.
ALTER TABLE entries ADD COLUMN failed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entries ADD COLUMN failed_at INTEGER;
CREATE INDEX entries_failed ON entries (state) WHERE failed > 0;
