-- The hops, the claims of other tools and the next command of a kept diagnosis; rows that were written before have none.

ALTER TABLE diagnosis ADD COLUMN since_at BIGINT;
ALTER TABLE diagnosis ADD COLUMN picture TEXT;

-- What was told of one target, and its incidents, are found without reading those of others.

CREATE INDEX diary_target ON diary (namespace, name, at);
CREATE INDEX incident_target ON incident (namespace, name, opened_at);
