-- Imports of companies: what each brought, so that a whole one can be taken back, and which columns of which tables hold
-- what.

CREATE TABLE import_runs (
  n              INTEGER PRIMARY KEY,
  id             TEXT NOT NULL UNIQUE,
  file           TEXT,
  actor_id       TEXT NOT NULL,
  actor_name     TEXT NOT NULL,
  create_time    INTEGER NOT NULL,
  new_rows       INTEGER NOT NULL DEFAULT 0,
  changed_rows   INTEGER NOT NULL DEFAULT 0,
  unchanged_rows INTEGER NOT NULL DEFAULT 0,
  ambiguous_rows INTEGER NOT NULL DEFAULT 0,
  rejected_rows  INTEGER NOT NULL DEFAULT 0,
  undo_time      INTEGER
) STRICT;

-- The companies that rows of a run were about. `rev` is the company's revision after it, `was` a JSON object of the columns
-- as they were before; absent where nothing changed.
CREATE TABLE import_rows (
  run_n     INTEGER NOT NULL REFERENCES import_runs (n) ON DELETE CASCADE,
  company_n INTEGER NOT NULL REFERENCES companies (n) ON DELETE CASCADE,
  line      INTEGER NOT NULL,
  outcome   TEXT NOT NULL,
  rev       INTEGER NOT NULL,
  was       TEXT,
  PRIMARY KEY (run_n, company_n)
) STRICT, WITHOUT ROWID;

CREATE INDEX import_rows_by_company ON import_rows (company_n);

-- `columns` is a JSON list of words, one for each column.
CREATE TABLE import_maps (
  n           INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE,
  header      INTEGER NOT NULL,
  columns     TEXT NOT NULL,
  update_time INTEGER NOT NULL
) STRICT;

-- 1Password's id of the company's account. One account is one company.
ALTER TABLE companies ADD COLUMN account_uuid TEXT;
CREATE UNIQUE INDEX companies_by_account_uuid ON companies (account_uuid) WHERE account_uuid IS NOT NULL;

-- Rows of an import find their companies by these.
CREATE INDEX companies_by_external_id ON companies (external_id_lower) WHERE external_id_lower IS NOT NULL;
CREATE INDEX companies_by_folded_name ON companies (name_lower);
