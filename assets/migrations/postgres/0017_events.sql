-- See `sqlite/0017`.
ALTER TABLE audit_events ADD COLUMN origin TEXT COLLATE "C";
ALTER TABLE audit_events ADD COLUMN remote_id TEXT COLLATE "C";
CREATE UNIQUE INDEX audit_events_by_remote_id ON audit_events (company_id, remote_id) WHERE remote_id IS NOT NULL;

ALTER TABLE audit_events ADD COLUMN place BIGINT;
DROP INDEX audit_events_by_company;
DROP INDEX audit_events_of_company;
DROP INDEX audit_events_of_action;
CREATE INDEX audit_events_in_order ON audit_events (coalesce(place, time), n);
CREATE INDEX audit_events_of_company ON audit_events (company_id, coalesce(place, time), n);
CREATE INDEX audit_events_of_action ON audit_events (action, coalesce(place, time), n);
CREATE INDEX audit_events_of_ours ON audit_events (n) WHERE origin IS NULL;

CREATE TABLE event_marks (
  source_n BIGINT NOT NULL REFERENCES sources (n) ON DELETE CASCADE,
  stream   TEXT COLLATE "C" NOT NULL,
  cursor   TEXT COLLATE "C" NOT NULL,
  through  BIGINT NOT NULL,
  PRIMARY KEY (source_n, stream)
);
