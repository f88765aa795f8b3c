-- See `sqlite/0016`.
ALTER TABLE sources ADD COLUMN next_time BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN failures BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN look_time BIGINT;
ALTER TABLE sources ADD COLUMN lease_until BIGINT;
ALTER TABLE sources ADD COLUMN expire_time BIGINT;

UPDATE sources SET next_time = coalesce(last_try_time, connect_time);
CREATE INDEX sources_by_next_time ON sources (source, next_time);
