-- A message tells of what was tried for its target: found without reading the lines of others.

CREATE INDEX diary_code_target ON diary (code, namespace, name, at);
CREATE INDEX outbox_taken ON outbox (acknowledged_at);
CREATE INDEX incident_ended ON incident (ended_at);
