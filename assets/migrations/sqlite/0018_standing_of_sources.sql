-- What the list says of sources: how many need somebody, and when the first token expires.
ALTER TABLE companies ADD COLUMN sources_failing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE companies ADD COLUMN source_expire_time INTEGER;
UPDATE companies SET
  sources_failing = (SELECT count(*) FROM sources s WHERE s.company_n = companies.n AND s.state = 'NEEDS_ATTENTION'),
  source_expire_time = (SELECT min(s.expire_time) FROM sources s WHERE s.company_n = companies.n)
  WHERE n IN (SELECT company_n FROM sources);
CREATE INDEX companies_by_source_expire_time ON companies (source_expire_time) WHERE source_expire_time IS NOT NULL;
