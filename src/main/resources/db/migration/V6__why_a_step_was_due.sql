-- A step of an object that was created or taken over after its edge was not late at that edge.

ALTER TABLE step ADD COLUMN due VARCHAR(16) NOT NULL DEFAULT 'EDGE';
