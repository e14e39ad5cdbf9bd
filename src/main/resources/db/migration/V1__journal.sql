-- Instants are nanoseconds since 1970-01-01T00:00Z: exact, and they sort as they lie.

CREATE TABLE diary (
  seq       BIGINT NOT NULL PRIMARY KEY,
  at        BIGINT NOT NULL,
  namespace VARCHAR(253),
  name      VARCHAR(253),
  code      VARCHAR(64) NOT NULL,
  line      TEXT NOT NULL
);

CREATE INDEX diary_at ON diary (at);
CREATE INDEX diary_code_at ON diary (code, at);

CREATE TABLE incident (
  id          VARCHAR(600) NOT NULL PRIMARY KEY,
  namespace   VARCHAR(253) NOT NULL,
  name        VARCHAR(253) NOT NULL,
  window_name VARCHAR(253),
  state       VARCHAR(64) NOT NULL,
  cause       VARCHAR(64),
  severity    VARCHAR(16) NOT NULL,
  receivers   TEXT NOT NULL,
  opened_at   BIGINT NOT NULL,
  ended_at    BIGINT,
  summary     TEXT NOT NULL
);

CREATE INDEX incident_open ON incident (namespace, name) WHERE ended_at IS NULL;

CREATE TABLE outbox (
  seq             BIGINT NOT NULL PRIMARY KEY,
  id              VARCHAR(900) NOT NULL UNIQUE,
  incident        VARCHAR(600) NOT NULL,
  receiver        VARCHAR(253) NOT NULL,
  moment          VARCHAR(16) NOT NULL,
  severity        VARCHAR(16) NOT NULL,
  headline        TEXT NOT NULL,
  body            TEXT NOT NULL,
  at              BIGINT NOT NULL,
  attempts        INTEGER NOT NULL,
  due_at          BIGINT NOT NULL,
  acknowledged_at BIGINT,
  last_failure    TEXT
);

CREATE INDEX outbox_due ON outbox (due_at) WHERE acknowledged_at IS NULL;
CREATE INDEX outbox_conversation ON outbox (incident, receiver, seq) WHERE acknowledged_at IS NULL;
