-- What people, recoveries, vaults and usage need.

-- Of a recovery: when it began, who began it, and when the person of the sample will have made a new password
-- (absent: they take their time). All empty while no recovery is open.
ALTER TABLE people ADD COLUMN begin_time INTEGER;
ALTER TABLE people ADD COLUMN begun_by_id TEXT;
ALTER TABLE people ADD COLUMN begun_by_name TEXT;
ALTER TABLE people ADD COLUMN ready_time INTEGER;

-- Recoveries of an older sample began some days before it was made.
UPDATE people SET
  begin_time = (SELECT value FROM meta WHERE key = 'created') - (1 + n * 7 % 9) * 86400000 + n * 7919 % 80000 * 1000,
  begun_by_id = (SELECT id FROM technicians WHERE n = 3),
  begun_by_name = (SELECT display_name FROM technicians WHERE n = 3)
WHERE state IN ('RECOVERY_STARTED', 'RECOVERY_AWAITING_COMPLETION');

CREATE INDEX people_recovering ON people (begin_time, n)
  WHERE state IN ('RECOVERY_STARTED', 'RECOVERY_AWAITING_COMPLETION');
CREATE INDEX people_ready ON people (ready_time) WHERE ready_time IS NOT NULL;
-- Companies of a large sample whose open recoveries have no people yet.
CREATE INDEX companies_recovering_unmade ON companies (n) WHERE derived = 0 AND open_recoveries > 0;

CREATE TABLE vaults (
  n            INTEGER PRIMARY KEY,
  company_n    INTEGER NOT NULL REFERENCES companies (n) ON DELETE CASCADE,
  id           TEXT NOT NULL,
  name         TEXT NOT NULL,
  description  TEXT,
  item_count   INTEGER NOT NULL,
  -- People of the company; technicians come from `vault_access`.
  people_count INTEGER NOT NULL,
  UNIQUE (company_n, id)
) STRICT;

CREATE TABLE vault_access (
  vault_n      INTEGER NOT NULL REFERENCES vaults (n) ON DELETE CASCADE,
  technician_n INTEGER NOT NULL REFERENCES technicians (n),
  PRIMARY KEY (vault_n, technician_n)
) STRICT, WITHOUT ROWID;

ALTER TABLE launches ADD COLUMN vault_n INTEGER REFERENCES vaults (n) ON DELETE CASCADE;

-- Seats at the end of days (UTC, counted from 1970) on which they changed. What was before the first row is made up
-- from `seat_bases`; a company that is in neither has had its seats of today since the sample was made.
CREATE TABLE seat_days (
  company_n INTEGER NOT NULL REFERENCES companies (n) ON DELETE CASCADE,
  day       INTEGER NOT NULL,
  seats     INTEGER NOT NULL,
  PRIMARY KEY (company_n, day)
) STRICT, WITHOUT ROWID;

-- How a company stood before its seats first changed.
CREATE TABLE seat_bases (
  company_n   INTEGER PRIMARY KEY REFERENCES companies (n) ON DELETE CASCADE,
  seats       INTEGER NOT NULL,
  unlink_time INTEGER
) STRICT;

CREATE TRIGGER seats_before AFTER UPDATE ON companies
WHEN OLD.filled <> NEW.filled OR (OLD.state = 'UNLINKED') <> (NEW.state = 'UNLINKED') BEGIN
  INSERT OR IGNORE INTO seat_bases (company_n, seats, unlink_time) VALUES (NEW.n, OLD.filled, OLD.unlink_time);
END;

-- Every write ends with `update_time`: whatever changed the seats, the day keeps its last value. The seats of a
-- company that is unlinked are no longer the MSP's.
CREATE TRIGGER seats_after AFTER UPDATE OF update_time ON companies
WHEN EXISTS (SELECT 1 FROM seat_bases WHERE company_n = NEW.n) BEGIN
  INSERT INTO seat_days (company_n, day, seats)
  VALUES (NEW.n, NEW.update_time / 86400000, CASE WHEN NEW.state = 'UNLINKED' THEN 0 ELSE NEW.filled END)
  ON CONFLICT DO UPDATE SET seats = excluded.seats;
END;
