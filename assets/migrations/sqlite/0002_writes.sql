-- What every write leaves behind, and what it must not do twice.

CREATE TABLE audit_events (
  n            INTEGER PRIMARY KEY,
  id           TEXT NOT NULL UNIQUE,
  time         INTEGER NOT NULL,
  actor_id     TEXT NOT NULL,
  actor_name   TEXT NOT NULL,
  action       TEXT NOT NULL,
  company_id   TEXT,
  company_name TEXT,
  target       TEXT,
  client       TEXT,
  request_id   TEXT NOT NULL
) STRICT;

CREATE INDEX audit_events_by_company ON audit_events (company_id, time);

-- `request` is the request itself, not a digest: it is small, and two requests can never be taken for one.
CREATE TABLE idempotency (
  technician_n INTEGER NOT NULL,
  key          TEXT NOT NULL,
  request      TEXT NOT NULL,
  status       INTEGER NOT NULL,
  body         TEXT NOT NULL,
  create_time  INTEGER NOT NULL,
  PRIMARY KEY (technician_n, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_by_time ON idempotency (create_time);

CREATE TABLE launches (
  token         TEXT PRIMARY KEY,
  company_n     INTEGER NOT NULL REFERENCES companies (n) ON DELETE CASCADE,
  technician_n  INTEGER NOT NULL,
  target        TEXT NOT NULL,
  expire_time   INTEGER NOT NULL,
  used_time     INTEGER
) STRICT, WITHOUT ROWID;
