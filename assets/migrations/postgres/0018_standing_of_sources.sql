-- See `sqlite/0018`.
ALTER TABLE companies ADD COLUMN sources_failing BIGINT NOT NULL DEFAULT 0;
ALTER TABLE companies ADD COLUMN source_expire_time BIGINT;
UPDATE companies SET
  sources_failing = (SELECT count(*) FROM sources s WHERE s.company_n = companies.n AND s.state = 'NEEDS_ATTENTION'),
  source_expire_time = (SELECT min(s.expire_time) FROM sources s WHERE s.company_n = companies.n)
  WHERE n IN (SELECT company_n FROM sources);
CREATE INDEX companies_by_source_expire_time ON companies (source_expire_time) WHERE source_expire_time IS NOT NULL;
