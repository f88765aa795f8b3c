-- What an MSP account knows. Times are milliseconds since 1970 in UTC.

CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;

CREATE TABLE technicians (
  n             INTEGER PRIMARY KEY,
  id            TEXT NOT NULL UNIQUE,
  display_name  TEXT NOT NULL,
  email         TEXT NOT NULL,
  groups        TEXT NOT NULL,
  role          TEXT NOT NULL,
  mfa           INTEGER NOT NULL,
  client_secret TEXT NOT NULL
) STRICT;

-- Counted fields (seats, owners, set-up, recoveries) are kept here, written in the transaction that changes what
-- they count: a list of 100,000 companies must not count people. `lower` and `key` columns are folded copies for
-- filter and order. `tags` is a list between unit separators: US tag US tag US.
CREATE TABLE companies (
  n                   INTEGER PRIMARY KEY,
  id                  TEXT NOT NULL UNIQUE,
  rev                 INTEGER NOT NULL DEFAULT 1,
  seq                 INTEGER NOT NULL DEFAULT 0,
  derived             INTEGER NOT NULL DEFAULT 0,
  name                TEXT NOT NULL,
  name_lower          TEXT NOT NULL,
  name_key            TEXT NOT NULL,
  website             TEXT,
  country_code        TEXT NOT NULL,
  address_lines       TEXT NOT NULL,
  locality            TEXT,
  administrative_area TEXT,
  postal_code         TEXT,
  sign_in_host        TEXT NOT NULL,
  origin              TEXT NOT NULL,
  state               TEXT NOT NULL,
  filled              INTEGER NOT NULL,
  seat_limit          INTEGER,
  members             INTEGER NOT NULL,
  guests              INTEGER NOT NULL,
  owners_confirmed    INTEGER NOT NULL,
  owners_invited      INTEGER NOT NULL,
  setup_done          INTEGER NOT NULL,
  setup_applicable    INTEGER NOT NULL,
  setup_moved         INTEGER NOT NULL,
  open_recoveries     INTEGER NOT NULL,
  recoveries_waiting  INTEGER NOT NULL,
  link_waiting        INTEGER NOT NULL,
  allowed_by_company  INTEGER NOT NULL,
  granted_mask        INTEGER NOT NULL,
  policies            INTEGER NOT NULL,
  shared_vaults       INTEGER NOT NULL,
  identity_providers  INTEGER NOT NULL,
  external_id         TEXT,
  external_id_lower   TEXT,
  tags                TEXT NOT NULL,
  tags_lower          TEXT NOT NULL,
  note                TEXT,
  create_time         INTEGER NOT NULL,
  link_time           INTEGER,
  launch_time         INTEGER,
  unlink_time         INTEGER,
  unlinked_by_id      TEXT,
  unlinked_by_name    TEXT,
  trial_end_time      INTEGER,
  update_time         INTEGER NOT NULL
) STRICT;

CREATE INDEX companies_by_seq ON companies (seq) WHERE seq > 0;
CREATE INDEX companies_by_name ON companies (name_key);
CREATE INDEX companies_by_state ON companies (state);
CREATE INDEX companies_by_filled ON companies (filled);
CREATE INDEX companies_by_setup ON companies (setup_done);
CREATE INDEX companies_by_owners ON companies (owners_confirmed);
CREATE INDEX companies_by_create_time ON companies (create_time);
CREATE INDEX companies_by_update_time ON companies (update_time);

-- Companies that are gone, for those who only ask what changed.
CREATE TABLE tombstones (
  seq         INTEGER PRIMARY KEY,
  id          TEXT NOT NULL,
  delete_time INTEGER NOT NULL
) STRICT;

CREATE TABLE groups (
  n         INTEGER PRIMARY KEY,
  company_n INTEGER NOT NULL REFERENCES companies (n) ON DELETE CASCADE,
  id        TEXT NOT NULL,
  kind      TEXT NOT NULL,
  name      TEXT NOT NULL,
  UNIQUE (company_n, id)
) STRICT;

CREATE TABLE people (
  n            INTEGER PRIMARY KEY,
  company_n    INTEGER NOT NULL REFERENCES companies (n) ON DELETE CASCADE,
  id           TEXT NOT NULL,
  rev          INTEGER NOT NULL DEFAULT 1,
  email        TEXT NOT NULL,
  display_name TEXT NOT NULL,
  state        TEXT NOT NULL,
  kind         TEXT NOT NULL,
  app_user     INTEGER NOT NULL,
  create_time  INTEGER NOT NULL,
  UNIQUE (company_n, id)
) STRICT;

CREATE TABLE memberships (
  person_n INTEGER NOT NULL REFERENCES people (n) ON DELETE CASCADE,
  group_n  INTEGER NOT NULL REFERENCES groups (n) ON DELETE CASCADE,
  PRIMARY KEY (person_n, group_n)
) STRICT, WITHOUT ROWID;

CREATE INDEX memberships_by_group ON memberships (group_n);

CREATE TABLE setup_steps (
  company_n    INTEGER NOT NULL REFERENCES companies (n) ON DELETE CASCADE,
  place        INTEGER NOT NULL,
  step         TEXT NOT NULL,
  rev          INTEGER NOT NULL DEFAULT 1,
  state        TEXT NOT NULL,
  note         TEXT,
  updater_id   TEXT,
  updater_name TEXT,
  update_time  INTEGER,
  PRIMARY KEY (company_n, place)
) STRICT, WITHOUT ROWID;
