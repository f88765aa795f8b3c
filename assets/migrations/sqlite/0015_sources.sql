-- Published interfaces of 1Password that are connected for a company. `secret_ref` says where the server's machine has the
-- secret, never the secret.
CREATE TABLE sources (
  n                 INTEGER PRIMARY KEY,
  company_n         INTEGER NOT NULL REFERENCES companies (n) ON DELETE CASCADE,
  source            TEXT NOT NULL,
  -- 1Password's id of the company's account, proved before anything is read.
  account_uuid      TEXT NOT NULL,
  -- Of the OAuth application.
  client_id         TEXT,
  secret_ref        TEXT NOT NULL,
  may_write         INTEGER NOT NULL,
  state             TEXT NOT NULL,
  reason            TEXT,
  detail            TEXT,
  connected_by_id   TEXT NOT NULL,
  connected_by_name TEXT NOT NULL,
  connect_time      INTEGER NOT NULL,
  last_try_time     INTEGER,
  last_success_time INTEGER,
  -- When a person was read after something was done to them: a list that was begun before does not count.
  acted_time        INTEGER,
  UNIQUE (company_n, source)
) STRICT;

-- One account is one company.
CREATE UNIQUE INDEX sources_by_account_uuid ON sources (source, account_uuid);

-- Told by their address alone.
ALTER TABLE people ADD COLUMN possibly_technician INTEGER NOT NULL DEFAULT 0;

-- What the Users API does not tell is not known: a person's type, and for some when they were added.
ALTER TABLE people ALTER COLUMN kind DROP NOT NULL;
ALTER TABLE people ALTER COLUMN create_time DROP NOT NULL;
