-- `held_for` is the scope, as JSON, for want of which a job is held; NULL where it isn't.
ALTER TABLE jobs ADD COLUMN held_for TEXT;
CREATE INDEX jobs_held_for ON jobs (held_for) WHERE held_for IS NOT NULL;
