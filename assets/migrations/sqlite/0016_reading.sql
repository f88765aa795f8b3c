-- When a source is read next. What has no clock of its own yet is due.
ALTER TABLE sources ADD COLUMN next_time INTEGER NOT NULL DEFAULT 0;
-- How often it failed since it last worked.
ALTER TABLE sources ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
-- When somebody last looked into the company.
ALTER TABLE sources ADD COLUMN look_time INTEGER;
-- A server reads it; until then no other one does.
ALTER TABLE sources ADD COLUMN lease_until INTEGER;
-- When 1Password stops taking the secret, where that is known.
ALTER TABLE sources ADD COLUMN expire_time INTEGER;

UPDATE sources SET next_time = coalesce(last_try_time, connect_time);
CREATE INDEX sources_by_next_time ON sources (source, next_time);
