-- The tables of `sqlite/0001` to `0012`, as PostgreSQL has them. Texts are ordered by their bytes, whatever the
-- database's own rules; an index that gives an order ends with `n`, as every one of SQLite's does by nature.

-- SQLite has it; the place of a text in another, from 1, or 0.
CREATE FUNCTION instr(TEXT, TEXT) RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN strpos($1, $2);

CREATE TABLE meta (
  key   TEXT COLLATE "C" PRIMARY KEY,
  value BIGINT NOT NULL
);

CREATE TABLE workspace (kind TEXT COLLATE "C" NOT NULL);

CREATE TABLE words (
  key   TEXT COLLATE "C" PRIMARY KEY,
  value TEXT COLLATE "C" NOT NULL
);

CREATE TABLE technicians (
  n            BIGINT PRIMARY KEY,
  id           TEXT COLLATE "C" NOT NULL UNIQUE,
  rev          BIGINT NOT NULL DEFAULT 1,
  display_name TEXT COLLATE "C" NOT NULL,
  email        TEXT COLLATE "C" NOT NULL,
  role         TEXT COLLATE "C" NOT NULL,
  sample_role  TEXT COLLATE "C",
  state        TEXT COLLATE "C" NOT NULL,
  secret_hash  TEXT COLLATE "C",
  create_time  BIGINT NOT NULL,
  sign_in_time BIGINT
);

CREATE TABLE tokens (
  hash         TEXT COLLATE "C" PRIMARY KEY,
  technician_n BIGINT NOT NULL REFERENCES technicians (n),
  expire_time  BIGINT NOT NULL
);
CREATE INDEX tokens_of_technician ON tokens (technician_n);
CREATE INDEX tokens_by_expire_time ON tokens (expire_time);

CREATE TABLE enrolments (
  technician_n BIGINT PRIMARY KEY REFERENCES technicians (n),
  code_hash    TEXT COLLATE "C" UNIQUE,
  expire_time  BIGINT NOT NULL
);

-- Lost with a crash, which is no loss.
CREATE UNLOGGED TABLE limits (
  name TEXT COLLATE "C" PRIMARY KEY,
  tat  BIGINT NOT NULL
);
CREATE INDEX limits_by_tat ON limits (tat);

CREATE TABLE companies (
  n                   BIGINT PRIMARY KEY,
  id                  TEXT COLLATE "C" NOT NULL UNIQUE,
  rev                 BIGINT NOT NULL DEFAULT 1,
  seq                 BIGINT NOT NULL DEFAULT 0,
  derived             BIGINT NOT NULL DEFAULT 0,
  name                TEXT COLLATE "C" NOT NULL,
  name_lower          TEXT COLLATE "C" NOT NULL,
  name_key            TEXT COLLATE "C" NOT NULL,
  website             TEXT COLLATE "C",
  country_code        TEXT COLLATE "C",
  address_lines       TEXT COLLATE "C" NOT NULL,
  locality            TEXT COLLATE "C",
  administrative_area TEXT COLLATE "C",
  postal_code         TEXT COLLATE "C",
  sign_in_host        TEXT COLLATE "C" NOT NULL,
  origin              TEXT COLLATE "C",
  state               TEXT COLLATE "C" NOT NULL,
  filled              BIGINT,
  seat_limit          BIGINT,
  members             BIGINT,
  guests              BIGINT,
  owners_confirmed    BIGINT,
  owners_invited      BIGINT,
  setup_done          BIGINT,
  setup_applicable    BIGINT,
  setup_moved         BIGINT NOT NULL,
  open_recoveries     BIGINT,
  recoveries_waiting  BIGINT,
  link_waiting        BIGINT NOT NULL,
  allowed_by_company  BIGINT,
  granted_mask        BIGINT NOT NULL,
  policies            BIGINT NOT NULL,
  shared_vaults       BIGINT NOT NULL,
  identity_providers  BIGINT NOT NULL,
  external_id         TEXT COLLATE "C",
  external_id_lower   TEXT COLLATE "C",
  tags                TEXT COLLATE "C" NOT NULL,
  tags_lower          TEXT COLLATE "C" NOT NULL,
  note                TEXT COLLATE "C",
  create_time         BIGINT NOT NULL,
  link_time           BIGINT,
  launch_time         BIGINT,
  unlink_time         BIGINT,
  unlinked_by_id      TEXT COLLATE "C",
  unlinked_by_name    TEXT COLLATE "C",
  trial_end_time      BIGINT,
  update_time         BIGINT NOT NULL,
  snooze_until        BIGINT,
  owner_names         TEXT COLLATE "C" NOT NULL DEFAULT '',
  facts               TEXT COLLATE "C",
  seats_coverage      TEXT COLLATE "C",
  facts_time          BIGINT,
  facts_stale_time    BIGINT,
  facts_differ        BIGINT NOT NULL DEFAULT 0,
  account_uuid        TEXT COLLATE "C"
);
CREATE INDEX companies_by_seq ON companies (seq) WHERE seq > 0;
CREATE INDEX companies_by_name ON companies (name_key, n);
CREATE INDEX companies_by_state ON companies (state, n);
CREATE INDEX companies_by_filled ON companies (filled, n);
CREATE INDEX companies_by_setup ON companies (setup_done, n);
CREATE INDEX companies_by_owners ON companies (owners_confirmed, n);
CREATE INDEX companies_by_create_time ON companies (create_time, n);
CREATE INDEX companies_by_update_time ON companies (update_time, n);
CREATE INDEX companies_by_state_and_name ON companies (state, name_key, n);
CREATE INDEX companies_by_sign_in_host ON companies (sign_in_host);
CREATE INDEX companies_recovering_unmade ON companies (n) WHERE derived = 0 AND open_recoveries > 0;
CREATE INDEX companies_by_setup_moved ON companies (setup_moved)
  WHERE state IN ('ACTIVE', 'PENDING') AND setup_done < setup_applicable;
CREATE INDEX companies_by_trial_end ON companies (trial_end_time) WHERE trial_end_time IS NOT NULL;
CREATE INDEX companies_by_snooze ON companies (snooze_until) WHERE snooze_until IS NOT NULL;
CREATE INDEX companies_by_facts_stale_time ON companies (facts_stale_time) WHERE facts_stale_time IS NOT NULL;
CREATE UNIQUE INDEX companies_by_account_uuid ON companies (account_uuid) WHERE account_uuid IS NOT NULL;
CREATE INDEX companies_by_external_id ON companies (external_id_lower) WHERE external_id_lower IS NOT NULL;
CREATE INDEX companies_by_folded_name ON companies (name_lower);

CREATE TABLE company_texts (
  n    BIGINT PRIMARY KEY REFERENCES companies (n) ON DELETE CASCADE,
  text TEXT COLLATE "C" NOT NULL
);

CREATE TABLE facts (
  company_n     BIGINT NOT NULL REFERENCES companies (n) ON DELETE CASCADE,
  facet         TEXT COLLATE "C" NOT NULL,
  source        TEXT COLLATE "C" NOT NULL,
  as_of         BIGINT NOT NULL,
  observer_id   TEXT COLLATE "C" NOT NULL,
  observer_name TEXT COLLATE "C" NOT NULL,
  coverage      TEXT COLLATE "C" NOT NULL,
  value         TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (company_n, facet, source)
);

CREATE TABLE import_runs (
  n              BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  id             TEXT COLLATE "C" NOT NULL UNIQUE,
  file           TEXT COLLATE "C",
  actor_id       TEXT COLLATE "C" NOT NULL,
  actor_name     TEXT COLLATE "C" NOT NULL,
  create_time    BIGINT NOT NULL,
  new_rows       BIGINT NOT NULL DEFAULT 0,
  changed_rows   BIGINT NOT NULL DEFAULT 0,
  unchanged_rows BIGINT NOT NULL DEFAULT 0,
  ambiguous_rows BIGINT NOT NULL DEFAULT 0,
  rejected_rows  BIGINT NOT NULL DEFAULT 0,
  undo_time      BIGINT
);

CREATE TABLE import_rows (
  run_n     BIGINT NOT NULL REFERENCES import_runs (n) ON DELETE CASCADE,
  company_n BIGINT NOT NULL REFERENCES companies (n) ON DELETE CASCADE,
  line      BIGINT NOT NULL,
  outcome   TEXT COLLATE "C" NOT NULL,
  rev       BIGINT NOT NULL,
  was       TEXT COLLATE "C",
  PRIMARY KEY (run_n, company_n)
);
CREATE INDEX import_rows_by_company ON import_rows (company_n);

CREATE TABLE import_maps (
  n           BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  fingerprint TEXT COLLATE "C" NOT NULL UNIQUE,
  header      BIGINT NOT NULL,
  columns     TEXT COLLATE "C" NOT NULL,
  update_time BIGINT NOT NULL
);

CREATE TABLE tombstones (
  seq         BIGINT PRIMARY KEY,
  id          TEXT COLLATE "C" NOT NULL,
  delete_time BIGINT NOT NULL
);

CREATE TABLE groups (
  n         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  company_n BIGINT NOT NULL REFERENCES companies (n) ON DELETE CASCADE,
  id        TEXT COLLATE "C" NOT NULL,
  kind      TEXT COLLATE "C" NOT NULL,
  name      TEXT COLLATE "C" NOT NULL,
  UNIQUE (company_n, id)
);

CREATE TABLE people (
  n             BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  company_n     BIGINT NOT NULL REFERENCES companies (n) ON DELETE CASCADE,
  id            TEXT COLLATE "C" NOT NULL,
  rev           BIGINT NOT NULL DEFAULT 1,
  email         TEXT COLLATE "C" NOT NULL,
  display_name  TEXT COLLATE "C" NOT NULL,
  state         TEXT COLLATE "C" NOT NULL,
  kind          TEXT COLLATE "C" NOT NULL,
  app_user      BIGINT NOT NULL,
  create_time   BIGINT NOT NULL,
  begin_time    BIGINT,
  begun_by_id   TEXT COLLATE "C",
  begun_by_name TEXT COLLATE "C",
  ready_time    BIGINT,
  UNIQUE (company_n, id)
);
CREATE INDEX people_recovering ON people (begin_time, n)
  WHERE state IN ('RECOVERY_STARTED', 'RECOVERY_AWAITING_COMPLETION');
CREATE INDEX people_ready ON people (ready_time) WHERE ready_time IS NOT NULL;

CREATE TABLE memberships (
  person_n BIGINT NOT NULL REFERENCES people (n) ON DELETE CASCADE,
  group_n  BIGINT NOT NULL REFERENCES groups (n) ON DELETE CASCADE,
  PRIMARY KEY (person_n, group_n)
);
CREATE INDEX memberships_by_group ON memberships (group_n);

CREATE TABLE setup_steps (
  company_n    BIGINT NOT NULL REFERENCES companies (n) ON DELETE CASCADE,
  place        BIGINT NOT NULL,
  step         TEXT COLLATE "C" NOT NULL,
  rev          BIGINT NOT NULL DEFAULT 1,
  state        TEXT COLLATE "C" NOT NULL,
  note         TEXT COLLATE "C",
  updater_id   TEXT COLLATE "C",
  updater_name TEXT COLLATE "C",
  update_time  BIGINT,
  PRIMARY KEY (company_n, place)
);

CREATE TABLE vaults (
  n            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  company_n    BIGINT NOT NULL REFERENCES companies (n) ON DELETE CASCADE,
  id           TEXT COLLATE "C" NOT NULL,
  name         TEXT COLLATE "C" NOT NULL,
  description  TEXT COLLATE "C",
  item_count   BIGINT NOT NULL,
  people_count BIGINT NOT NULL,
  UNIQUE (company_n, id)
);

CREATE TABLE vault_access (
  vault_n      BIGINT NOT NULL REFERENCES vaults (n) ON DELETE CASCADE,
  technician_n BIGINT NOT NULL REFERENCES technicians (n),
  PRIMARY KEY (vault_n, technician_n)
);

CREATE TABLE launches (
  token        TEXT COLLATE "C" PRIMARY KEY,
  company_n    BIGINT NOT NULL REFERENCES companies (n) ON DELETE CASCADE,
  technician_n BIGINT NOT NULL,
  target       TEXT COLLATE "C" NOT NULL,
  expire_time  BIGINT NOT NULL,
  used_time    BIGINT,
  vault_n      BIGINT REFERENCES vaults (n) ON DELETE CASCADE
);

CREATE TABLE seat_days (
  company_n BIGINT NOT NULL REFERENCES companies (n) ON DELETE CASCADE,
  day       BIGINT NOT NULL,
  seats     BIGINT NOT NULL,
  PRIMARY KEY (company_n, day)
);

CREATE TABLE seat_bases (
  company_n   BIGINT PRIMARY KEY REFERENCES companies (n) ON DELETE CASCADE,
  seats       BIGINT NOT NULL,
  unlink_time BIGINT
);

CREATE TABLE outside_accounts (
  n            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  id           TEXT COLLATE "C" NOT NULL UNIQUE,
  name         TEXT COLLATE "C" NOT NULL,
  slug         TEXT COLLATE "C" NOT NULL,
  language     TEXT COLLATE "C" NOT NULL,
  country_code TEXT COLLATE "C" NOT NULL,
  locality     TEXT COLLATE "C",
  postal_code  TEXT COLLATE "C",
  street       TEXT COLLATE "C",
  region       TEXT COLLATE "C" NOT NULL,
  seats        BIGINT NOT NULL,
  guests       BIGINT NOT NULL,
  owners       BIGINT NOT NULL,
  owner_id     TEXT COLLATE "C" NOT NULL,
  owner_name   TEXT COLLATE "C" NOT NULL,
  create_time  BIGINT NOT NULL
);

CREATE TABLE link_requests (
  n                 BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  id                TEXT COLLATE "C" NOT NULL UNIQUE,
  token             TEXT COLLATE "C" NOT NULL UNIQUE,
  account_id        TEXT COLLATE "C" NOT NULL,
  company_name      TEXT COLLATE "C" NOT NULL,
  slug              TEXT COLLATE "C" NOT NULL,
  region            TEXT COLLATE "C" NOT NULL,
  state             TEXT COLLATE "C" NOT NULL,
  requested_by_id   TEXT COLLATE "C" NOT NULL,
  requested_by_name TEXT COLLATE "C" NOT NULL,
  accepted_by_id    TEXT COLLATE "C",
  accepted_by_name  TEXT COLLATE "C",
  reason            TEXT COLLATE "C",
  create_time       BIGINT NOT NULL,
  accept_time       BIGINT,
  end_time          BIGINT,
  expire_time       BIGINT NOT NULL
);
CREATE INDEX link_requests_open ON link_requests (expire_time) WHERE state IN ('REQUESTED', 'ACCEPTED');
CREATE INDEX link_requests_by_account ON link_requests (account_id);

CREATE TABLE audit_events (
  n            BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  id           TEXT COLLATE "C" NOT NULL UNIQUE,
  time         BIGINT NOT NULL,
  actor_id     TEXT COLLATE "C" NOT NULL,
  actor_name   TEXT COLLATE "C" NOT NULL,
  action       TEXT COLLATE "C" NOT NULL,
  company_id   TEXT COLLATE "C",
  company_name TEXT COLLATE "C",
  target       TEXT COLLATE "C",
  client       TEXT COLLATE "C",
  request_id   TEXT COLLATE "C" NOT NULL,
  actor_lower  TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE INDEX audit_events_by_company ON audit_events (company_id, time);
CREATE INDEX audit_events_of_company ON audit_events (company_id, n);
CREATE INDEX audit_events_of_action ON audit_events (action, n);

CREATE TABLE idempotency (
  technician_n BIGINT NOT NULL,
  key          TEXT COLLATE "C" NOT NULL,
  request      TEXT COLLATE "C" NOT NULL,
  status       BIGINT NOT NULL,
  body         TEXT COLLATE "C" NOT NULL,
  create_time  BIGINT NOT NULL,
  PRIMARY KEY (technician_n, key)
);
CREATE INDEX idempotency_by_time ON idempotency (create_time);

-- See `sqlite/0003` and `0007`: stored JSON is never stale.
CREATE FUNCTION company_texts_stale() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  DELETE FROM company_texts WHERE n = NEW.n;
  RETURN NULL;
END $$;
CREATE TRIGGER company_texts_stale AFTER UPDATE ON companies FOR EACH ROW
  WHEN (OLD.derived = NEW.derived AND (OLD.rev <> NEW.rev OR OLD.seq = NEW.seq))
  EXECUTE FUNCTION company_texts_stale();

-- See `sqlite/0005`: what the seats were before they first changed, and what they are at the end of each day since.
-- Triggers run in the order of their names.
CREATE FUNCTION seats_before() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO seat_bases (company_n, seats, unlink_time) VALUES (NEW.n, OLD.filled, OLD.unlink_time)
  ON CONFLICT (company_n) DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER seats_1_before AFTER UPDATE ON companies FOR EACH ROW
  WHEN (OLD.filled <> NEW.filled OR (OLD.state = 'UNLINKED') <> (NEW.state = 'UNLINKED'))
  EXECUTE FUNCTION seats_before();

CREATE FUNCTION seats_after() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO seat_days (company_n, day, seats)
  SELECT NEW.n, NEW.update_time / 86400000, CASE WHEN NEW.state = 'UNLINKED' THEN 0 ELSE NEW.filled END
  WHERE EXISTS (SELECT 1 FROM seat_bases WHERE company_n = NEW.n)
  ON CONFLICT (company_n, day) DO UPDATE SET seats = excluded.seats;
  RETURN NULL;
END $$;
CREATE TRIGGER seats_2_after AFTER UPDATE OF update_time ON companies FOR EACH ROW EXECUTE FUNCTION seats_after();
