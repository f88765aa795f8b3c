-- Technicians with credentials of their own. Client secrets, tokens and enrolment codes are random and kept as SHA-256
-- alone; the hashes of older secrets are put in by the program. The table is made anew instead of altered: what was in
-- the pages of the old one is overwritten when it goes (`secure_delete`).
CREATE TABLE technicians_anew (
  n            INTEGER PRIMARY KEY,
  id           TEXT NOT NULL UNIQUE,
  rev          INTEGER NOT NULL DEFAULT 1,
  display_name TEXT NOT NULL,
  email        TEXT NOT NULL,
  role         TEXT NOT NULL,
  -- The role by which the sample's credentials file names them, and which `serve restore` gives back.
  sample_role  TEXT,
  -- ACTIVE, PENDING (no credential: has to enrol), REVOKED.
  state        TEXT NOT NULL,
  -- Absent: nobody can sign in with a secret that lasts.
  secret_hash  TEXT,
  create_time  INTEGER NOT NULL,
  sign_in_time INTEGER
) STRICT;

INSERT INTO technicians_anew (n, id, display_name, email, role, sample_role, state, create_time)
SELECT n, id, display_name, email, coalesce(acting_role, role),
       CASE WHEN EXISTS (SELECT 1 FROM meta WHERE key = 'seed') THEN role END,
       CASE WHEN revoked = 0 THEN 'ACTIVE' ELSE 'REVOKED' END, coalesce((SELECT value FROM meta WHERE key = 'created'), 0)
FROM technicians;

DROP TABLE technicians;
ALTER TABLE technicians_anew RENAME TO technicians;

-- Bearer tokens. Whatever ends a technician's access deletes them.
CREATE TABLE tokens (
  hash         TEXT PRIMARY KEY,
  technician_n INTEGER NOT NULL REFERENCES technicians (n),
  expire_time  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX tokens_of_technician ON tokens (technician_n);
CREATE INDEX tokens_by_expire_time ON tokens (expire_time);

-- Codes by which a technician gets a credential: one at a time, good once. The hash is absent until it is handed out.
CREATE TABLE enrolments (
  technician_n INTEGER PRIMARY KEY REFERENCES technicians (n),
  code_hash    TEXT UNIQUE,
  expire_time  INTEGER NOT NULL
) STRICT;

-- How often something may be tried, by the generic cell rate algorithm: `tat`, the theoretical arrival time, is when all
-- tries so far will be forgotten.
CREATE TABLE limits (
  name TEXT PRIMARY KEY,
  tat  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX limits_by_tat ON limits (tat);
