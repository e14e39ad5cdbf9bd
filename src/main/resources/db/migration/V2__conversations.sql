-- One message may tell of several incidents. Until it is first handed out to be sent, others may still join it.

ALTER TABLE outbox ADD COLUMN handed_at BIGINT;

UPDATE outbox SET handed_at = at;

CREATE TABLE outbox_incident (
  message  VARCHAR(900) NOT NULL,
  position INTEGER NOT NULL,
  incident VARCHAR(600) NOT NULL,
  PRIMARY KEY (message, position)
);

CREATE INDEX outbox_incident_incident ON outbox_incident (incident);

INSERT INTO outbox_incident (message, position, incident)
  SELECT id, 0, incident FROM outbox WHERE moment <> 'DIGEST';

CREATE INDEX incident_lasting ON incident (id) WHERE ended_at IS NULL;
