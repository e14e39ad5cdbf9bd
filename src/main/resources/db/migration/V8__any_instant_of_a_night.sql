-- The start of the window that a step raises for; steps that were written before have none.

ALTER TABLE step ADD COLUMN start_at BIGINT;

-- What was diagnosed of a target, from an instant until the next row of the target.

CREATE TABLE diagnosis (
  namespace VARCHAR(253) NOT NULL,
  name      VARCHAR(253) NOT NULL,
  at        BIGINT NOT NULL,
  state     VARCHAR(64) NOT NULL,
  hop       VARCHAR(32),
  cause     VARCHAR(64),
  certainty VARCHAR(16) NOT NULL,
  wanted    INTEGER,
  summary   TEXT NOT NULL,
  evidence  TEXT NOT NULL,
  PRIMARY KEY (namespace, name, at)
);

CREATE INDEX diagnosis_at ON diagnosis (at);
