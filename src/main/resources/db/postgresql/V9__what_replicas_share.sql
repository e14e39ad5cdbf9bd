-- SQLite never held a text to its width, so what fits there must fit here.

ALTER TABLE diary ALTER COLUMN namespace TYPE TEXT, ALTER COLUMN name TYPE TEXT, ALTER COLUMN code TYPE TEXT;
ALTER TABLE incident ALTER COLUMN id TYPE TEXT, ALTER COLUMN namespace TYPE TEXT, ALTER COLUMN name TYPE TEXT,
  ALTER COLUMN window_name TYPE TEXT;
ALTER TABLE outbox ALTER COLUMN id TYPE TEXT, ALTER COLUMN incident TYPE TEXT, ALTER COLUMN receiver TYPE TEXT;
ALTER TABLE outbox_incident ALTER COLUMN message TYPE TEXT, ALTER COLUMN incident TYPE TEXT;
ALTER TABLE step ALTER COLUMN namespace TYPE TEXT, ALTER COLUMN name TYPE TEXT, ALTER COLUMN window_name TYPE TEXT,
  ALTER COLUMN commit_id TYPE TEXT;
ALTER TABLE followed_update ALTER COLUMN namespace TYPE TEXT, ALTER COLUMN name TYPE TEXT, ALTER COLUMN rollout TYPE TEXT,
  ALTER COLUMN from_hash TYPE TEXT, ALTER COLUMN source TYPE TEXT, ALTER COLUMN commit_id TYPE TEXT;
ALTER TABLE diagnosis ALTER COLUMN namespace TYPE TEXT, ALTER COLUMN name TYPE TEXT;

-- The process that writes now. Each write first locks this row, so that one process writes at a time, and fails where another process
-- has taken over since. What was written last is numbered: a write whose answer was lost is not made twice.

CREATE TABLE tenure (
  id      INTEGER NOT NULL PRIMARY KEY,
  number  BIGINT NOT NULL,
  holder  TEXT NOT NULL,
  written BIGINT NOT NULL
);

INSERT INTO tenure (id, number, holder, written) VALUES (1, 0, '', 0);

-- Who sends a message now, and until when by the clock of this server. After that, another process may send it.

CREATE TABLE outbox_claim (
  message TEXT NOT NULL PRIMARY KEY,
  holder  TEXT NOT NULL,
  until   TIMESTAMPTZ NOT NULL
);
