-- What changes about companies by time alone, found by the moment at which it does: a set-up that stalls, a trial that
-- is about to end or has ended, attention that was set aside until then.
CREATE INDEX companies_by_setup_moved ON companies (setup_moved)
  WHERE state IN ('ACTIVE', 'PENDING') AND setup_done < setup_applicable;
CREATE INDEX companies_by_trial_end ON companies (trial_end_time) WHERE trial_end_time IS NOT NULL;
CREATE INDEX companies_by_snooze ON companies (snooze_until) WHERE snooze_until IS NOT NULL;

-- A company whose place among the changes alone is new has the text that it had.
DROP TRIGGER company_texts_stale;
CREATE TRIGGER company_texts_stale AFTER UPDATE ON companies
WHEN OLD.derived = NEW.derived AND (OLD.rev <> NEW.rev OR OLD.seq = NEW.seq) BEGIN
  DELETE FROM company_texts WHERE n = NEW.n;
END;
