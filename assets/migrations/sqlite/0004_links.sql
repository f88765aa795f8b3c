-- Accounts that are not managed, the links that lead to them, attention set aside, and a trail that is searched.

ALTER TABLE companies ADD COLUMN snooze_until INTEGER;
-- A new company's host has to be one that nobody has.
CREATE INDEX companies_by_sign_in_host ON companies (sign_in_host);

-- Accounts whose owners could link them to us. The id stays the same when the account becomes a company.
CREATE TABLE outside_accounts (
  n            INTEGER PRIMARY KEY,
  id           TEXT NOT NULL UNIQUE,
  name         TEXT NOT NULL,
  slug         TEXT NOT NULL,
  language     TEXT NOT NULL,
  country_code TEXT NOT NULL,
  locality     TEXT,
  postal_code  TEXT,
  street       TEXT,
  region       TEXT NOT NULL,
  seats        INTEGER NOT NULL,
  guests       INTEGER NOT NULL,
  owners       INTEGER NOT NULL,
  owner_id     TEXT NOT NULL,
  owner_name   TEXT NOT NULL,
  create_time  INTEGER NOT NULL
) STRICT;

-- `account_id` is that of an outside account, or of a company that is not managed now. The token is the secret part
-- of the confirmation link; the id is not.
CREATE TABLE link_requests (
  n                 INTEGER PRIMARY KEY,
  id                TEXT NOT NULL UNIQUE,
  token             TEXT NOT NULL UNIQUE,
  account_id        TEXT NOT NULL,
  company_name      TEXT NOT NULL,
  slug              TEXT NOT NULL,
  region            TEXT NOT NULL,
  state             TEXT NOT NULL,
  requested_by_id   TEXT NOT NULL,
  requested_by_name TEXT NOT NULL,
  accepted_by_id    TEXT,
  accepted_by_name  TEXT,
  reason            TEXT,
  create_time       INTEGER NOT NULL,
  accept_time       INTEGER,
  end_time          INTEGER,
  expire_time       INTEGER NOT NULL
) STRICT;

CREATE INDEX link_requests_open ON link_requests (expire_time) WHERE state IN ('REQUESTED', 'ACCEPTED');
CREATE INDEX link_requests_by_account ON link_requests (account_id);

-- Small letters, for a search in any case. What is there already is ours and has plain names.
ALTER TABLE audit_events ADD COLUMN actor_lower TEXT NOT NULL DEFAULT '';
UPDATE audit_events SET actor_lower = lower(actor_name);
-- Newest first means by row number, which every index ends with.
CREATE INDEX audit_events_of_company ON audit_events (company_id);
CREATE INDEX audit_events_of_action ON audit_events (action);
