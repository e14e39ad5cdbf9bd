CREATE TABLE followed_update (
  namespace     VARCHAR(253) NOT NULL,
  name          VARCHAR(253) NOT NULL,
  rollout       VARCHAR(253) NOT NULL,
  since         BIGINT NOT NULL,
  from_hash     VARCHAR(64) NOT NULL,
  what          TEXT NOT NULL,
  pause_said    INTEGER NOT NULL,
  source        VARCHAR(253) NOT NULL,
  commit_id     VARCHAR(64) NOT NULL,
  author        TEXT NOT NULL,
  committed_at  BIGINT NOT NULL,
  subject       TEXT NOT NULL,
  PRIMARY KEY (namespace, name)
);
