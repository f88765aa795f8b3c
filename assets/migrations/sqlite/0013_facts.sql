-- How exact a figure is stands in the list of facts.
ALTER TABLE companies DROP COLUMN seats_coverage;

-- A company whose seats were not known has no base to count from, and a day on which they are not known has no figure.
DROP TRIGGER seats_before;
CREATE TRIGGER seats_before AFTER UPDATE ON companies
WHEN OLD.filled IS NOT NULL
  AND (OLD.filled IS NOT NEW.filled OR (OLD.state = 'UNLINKED') <> (NEW.state = 'UNLINKED')) BEGIN
  INSERT OR IGNORE INTO seat_bases (company_n, seats, unlink_time) VALUES (NEW.n, OLD.filled, OLD.unlink_time);
END;

DROP TRIGGER seats_after;
CREATE TRIGGER seats_after AFTER UPDATE OF update_time ON companies
WHEN (NEW.filled IS NOT NULL OR NEW.state = 'UNLINKED')
  AND EXISTS (SELECT 1 FROM seat_bases WHERE company_n = NEW.n) BEGIN
  INSERT INTO seat_days (company_n, day, seats)
  VALUES (NEW.n, NEW.update_time / 86400000, CASE WHEN NEW.state = 'UNLINKED' THEN 0 ELSE NEW.filled END)
  ON CONFLICT DO UPDATE SET seats = excluded.seats;
END;
