CREATE TABLE step (
  namespace    VARCHAR(253) NOT NULL,
  name         VARCHAR(253) NOT NULL,
  patched_at   BIGINT NOT NULL,
  window_name  VARCHAR(253),
  scheduled_at BIGINT NOT NULL,
  wanted       INTEGER NOT NULL,
  hpa_at       BIGINT,
  ready_at     BIGINT,
  verdict      VARCHAR(64) NOT NULL,
  commit_id    VARCHAR(64) NOT NULL,
  author       TEXT NOT NULL,
  PRIMARY KEY (namespace, name, patched_at)
);

CREATE INDEX step_patched ON step (patched_at);
