-- The hops, the claims of other tools and the next command of a kept diagnosis; rows that were written before have none.

ALTER TABLE diagnosis ADD COLUMN since_at BIGINT;
ALTER TABLE diagnosis ADD COLUMN picture TEXT;
