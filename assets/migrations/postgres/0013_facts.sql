-- See `sqlite/0013`.
ALTER TABLE companies DROP COLUMN seats_coverage;

DROP TRIGGER seats_1_before ON companies;
CREATE TRIGGER seats_1_before AFTER UPDATE ON companies FOR EACH ROW
  WHEN (OLD.filled IS NOT NULL
    AND (OLD.filled IS DISTINCT FROM NEW.filled OR (OLD.state = 'UNLINKED') <> (NEW.state = 'UNLINKED')))
  EXECUTE FUNCTION seats_before();

DROP TRIGGER seats_2_after ON companies;
CREATE TRIGGER seats_2_after AFTER UPDATE OF update_time ON companies FOR EACH ROW
  WHEN (NEW.filled IS NOT NULL OR NEW.state = 'UNLINKED')
  EXECUTE FUNCTION seats_after();
