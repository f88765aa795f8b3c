-- Work that only 1Password's web console can do: who began it, how it stands, and who ended it. Ended tasks stay.
CREATE TABLE tasks (
  n             INTEGER PRIMARY KEY,
  id            TEXT NOT NULL UNIQUE,
  rev           INTEGER NOT NULL DEFAULT 1,
  kind          TEXT NOT NULL,
  state         TEXT NOT NULL,
  -- Absent where it is about all companies, or about one that is not in the list yet.
  company_n     INTEGER REFERENCES companies (n) ON DELETE CASCADE,
  -- The person or the vault that it is about; for a company that is not in the list yet, its name.
  subject       TEXT,
  note          TEXT,
  begun_by_id   TEXT NOT NULL,
  begun_by_name TEXT NOT NULL,
  create_time   INTEGER NOT NULL,
  -- When it was done, by the word of whoever ended it.
  declared_time INTEGER,
  ended_by_id   TEXT,
  ended_by_name TEXT,
  end_time      INTEGER
) STRICT;

CREATE INDEX tasks_open ON tasks (n) WHERE state IN ('OPEN', 'WAITING');
CREATE INDEX tasks_of_company ON tasks (company_n);
