-- What a later version may do: add. Everything here is of the kinds that MigrationsTest allows.

CREATE TABLE later (id INTEGER NOT NULL PRIMARY KEY, what TEXT NOT NULL);
ALTER TABLE diary ADD COLUMN later TEXT;
ALTER TABLE incident ADD COLUMN later TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN later BIGINT;
ALTER TABLE outbox_incident ADD COLUMN later BIGINT NOT NULL DEFAULT 0;
ALTER TABLE step ADD COLUMN later INTEGER;
ALTER TABLE diagnosis ADD COLUMN later TEXT;
ALTER TABLE followed_update ADD COLUMN later TEXT;
CREATE INDEX diary_later ON diary (later);
