-- One type in a column: numbers stay in `meta`, texts go into `words`.
CREATE TABLE words (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO words (key, value) SELECT key, value FROM meta WHERE typeof(value) = 'text';

ALTER TABLE meta RENAME TO mixed;
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO meta (key, value) SELECT key, value FROM mixed WHERE typeof(value) = 'integer';
DROP TABLE mixed;
