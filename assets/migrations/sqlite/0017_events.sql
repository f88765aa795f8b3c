-- What 1Password recorded in a company's account stands in the trail, beside what was done through this server.
ALTER TABLE audit_events ADD COLUMN origin TEXT;
-- Its id there; unique within the account.
ALTER TABLE audit_events ADD COLUMN remote_id TEXT;
CREATE UNIQUE INDEX audit_events_by_remote_id ON audit_events (company_id, remote_id) WHERE remote_id IS NOT NULL;

-- What comes later may be older: the trail is in the order of time. What was done here stays in its own order too; `place`
-- is the time of the one before, where a clock was put back.
ALTER TABLE audit_events ADD COLUMN place INTEGER;
DROP INDEX audit_events_by_company;
DROP INDEX audit_events_of_company;
DROP INDEX audit_events_of_action;
CREATE INDEX audit_events_in_order ON audit_events (coalesce(place, time), n);
CREATE INDEX audit_events_of_company ON audit_events (company_id, coalesce(place, time), n);
CREATE INDEX audit_events_of_action ON audit_events (action, coalesce(place, time), n);
CREATE INDEX audit_events_of_ours ON audit_events (n) WHERE origin IS NULL;

-- How far a stream of events was read: written together with them.
CREATE TABLE event_marks (
  source_n INTEGER NOT NULL REFERENCES sources (n) ON DELETE CASCADE,
  stream   TEXT NOT NULL,
  cursor   TEXT NOT NULL,
  through  INTEGER NOT NULL,
  PRIMARY KEY (source_n, stream)
) STRICT;
