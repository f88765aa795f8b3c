-- A workspace is SAMPLE or REAL for ever; the one row is written with it. Databases of older versions are samples.
CREATE TABLE workspace (kind TEXT NOT NULL) STRICT;
INSERT INTO workspace (kind) SELECT 'SAMPLE' FROM meta WHERE key = 'created';

-- Of companies in a REAL workspace most is not known until somebody observes it: NULL is not known, never 0.
ALTER TABLE companies ALTER COLUMN country_code DROP NOT NULL;
ALTER TABLE companies ALTER COLUMN origin DROP NOT NULL;
ALTER TABLE companies ALTER COLUMN filled DROP NOT NULL;
ALTER TABLE companies ALTER COLUMN members DROP NOT NULL;
ALTER TABLE companies ALTER COLUMN guests DROP NOT NULL;
ALTER TABLE companies ALTER COLUMN owners_confirmed DROP NOT NULL;
ALTER TABLE companies ALTER COLUMN owners_invited DROP NOT NULL;
ALTER TABLE companies ALTER COLUMN setup_done DROP NOT NULL;
ALTER TABLE companies ALTER COLUMN setup_applicable DROP NOT NULL;
ALTER TABLE companies ALTER COLUMN open_recoveries DROP NOT NULL;
ALTER TABLE companies ALTER COLUMN recoveries_waiting DROP NOT NULL;
ALTER TABLE companies ALTER COLUMN allowed_by_company DROP NOT NULL;

-- What was observed about companies: the latest of each source. `value` is JSON, `as_of` the time it holds for.
CREATE TABLE facts (
  company_n     INTEGER NOT NULL REFERENCES companies (n) ON DELETE CASCADE,
  facet         TEXT NOT NULL,
  source        TEXT NOT NULL,
  as_of         INTEGER NOT NULL,
  observer_id   TEXT NOT NULL,
  observer_name TEXT NOT NULL,
  coverage      TEXT NOT NULL,
  value         TEXT NOT NULL,
  PRIMARY KEY (company_n, facet, source)
) STRICT, WITHOUT ROWID;

-- Of the facts that the columns above show: the list of them as JSON, how exact the seats are, when the oldest was
-- observed, from when on one of them is too old, and whether two sources disagree.
ALTER TABLE companies ADD COLUMN facts TEXT;
ALTER TABLE companies ADD COLUMN seats_coverage TEXT;
ALTER TABLE companies ADD COLUMN facts_time INTEGER;
ALTER TABLE companies ADD COLUMN facts_stale_time INTEGER;
ALTER TABLE companies ADD COLUMN facts_differ INTEGER NOT NULL DEFAULT 0;

CREATE INDEX companies_by_facts_stale_time ON companies (facts_stale_time) WHERE facts_stale_time IS NOT NULL;
