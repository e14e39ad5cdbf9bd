-- What a step at an edge is to reach, and by when. Steps that were written before have no promise.

ALTER TABLE step ADD COLUMN promise_reach VARCHAR(8);
ALTER TABLE step ADD COLUMN promise_by BIGINT;
