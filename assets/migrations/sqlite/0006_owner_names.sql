-- Who owns a company, to be found by name: a list between unit separators, as tags are. At most ten names.
ALTER TABLE companies ADD COLUMN owner_names TEXT NOT NULL DEFAULT '';

UPDATE companies SET owner_names = coalesce((
  SELECT char(31) || group_concat(display_name, char(31)) || char(31) FROM (
    SELECT p.display_name FROM people p
    JOIN memberships m ON m.person_n = p.n JOIN groups g ON g.n = m.group_n
    WHERE p.company_n = companies.n AND g.kind = 'OWNERS' AND p.kind <> 'EXTERNAL_ACCOUNT_MANAGER'
      AND p.state <> 'DELETED' ORDER BY p.n LIMIT 10)), '')
WHERE derived = 1;

-- A company looks different now.
DELETE FROM company_texts;
