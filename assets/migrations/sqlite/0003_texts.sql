-- The JSON of companies, written once: a list of 100,000 must not put each of them together anew. Rows here may be
-- missing (then the text is made from the company's row) but never stale: the trigger sees to that. A migration
-- that changes what a company looks like deletes them all.
CREATE TABLE company_texts (
  n    INTEGER PRIMARY KEY REFERENCES companies (n) ON DELETE CASCADE,
  text TEXT NOT NULL
) STRICT;

-- `derived` only says whether people are there; no company looks different for it.
CREATE TRIGGER company_texts_stale AFTER UPDATE ON companies WHEN OLD.derived = NEW.derived BEGIN
  DELETE FROM company_texts WHERE n = NEW.n;
END;

-- States are few: without the name in the index, every page of this common order would sort a whole state.
CREATE INDEX companies_by_state_and_name ON companies (state, name_key);
