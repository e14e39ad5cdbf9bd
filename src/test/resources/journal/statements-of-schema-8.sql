-- What the version with schema 8 sends, from a lag to its end: its statements, with values in the place of their parameters. Copied from
-- its tables by hand, and never changed: that version is installed somewhere.

INSERT INTO diary (seq, at, namespace, name, code, line) VALUES (1, 1795353000123456789, 'shop', 'cart', 'available', 'lags');
INSERT INTO incident (id, namespace, name, window_name, state, cause, severity, receivers, opened_at, ended_at, summary)
  VALUES ('i8', 'shop', 'cart', 'midnight-peak', 'AVAILABILITY_LAG', 'UNSCHEDULABLE', 'CRITICAL', 'a', 1795353000123456789, NULL, 'lags')
  ON CONFLICT (id) DO NOTHING;
INSERT INTO outbox (seq, id, incident, receiver, moment, severity, headline, body, at, attempts, due_at)
  VALUES (1, 'i8/OPENED/a', 'i8', 'a', 'OPENED', 'CRITICAL', 'headline', 'body', 1795353000123456789, 0, 1795353000123456789)
  ON CONFLICT (id) DO UPDATE SET severity = excluded.severity, headline = excluded.headline, body = excluded.body
  WHERE outbox.handed_at IS NULL AND outbox.acknowledged_at IS NULL;
DELETE FROM outbox_incident WHERE message = 'i8/OPENED/a';
INSERT INTO outbox_incident (message, position, incident) VALUES ('i8/OPENED/a', 0, 'i8');
UPDATE outbox SET handed_at = 1795353000123456789 WHERE id = 'i8/OPENED/a' AND handed_at IS NULL;
UPDATE outbox SET attempts = attempts + 1, due_at = 1795353005123456789, last_failure = 'refused'
  WHERE id = 'i8/OPENED/a' AND acknowledged_at IS NULL;
INSERT INTO step (namespace, name, patched_at, window_name, scheduled_at, wanted, hpa_at, ready_at,
  verdict, commit_id, author, due, promise_reach, promise_by, start_at)
  VALUES ('shop', 'cart', 1795353000123456789, 'midnight-peak', 1795353000000000000, 7, NULL, NULL,
  'AVAILABILITY_LAG', '3f2c1ab', 'Dana', 'EDGE', 'PODS', 1795353600000000000, NULL)
  ON CONFLICT (namespace, name, patched_at) DO UPDATE SET
  hpa_at = COALESCE(step.hpa_at, excluded.hpa_at), ready_at = COALESCE(step.ready_at, excluded.ready_at), verdict = excluded.verdict;
INSERT INTO diagnosis (namespace, name, at, state, hop, cause, certainty, wanted, summary, evidence)
  VALUES ('shop', 'cart', 1795353000123456789, 'AVAILABILITY_LAG', 'POD', 'UNSCHEDULABLE', 'CERTAIN', 7, '5 of 7 available', '')
  ON CONFLICT (namespace, name, at) DO NOTHING;
DELETE FROM followed_update;
INSERT INTO followed_update (namespace, name, rollout, since, from_hash, what, pause_said, source,
  commit_id, author, committed_at, subject)
  VALUES ('shop', 'cart', 'cart', 1795353000123456789, 'old', 'image', 0, 'shop', '3f2c1ab', 'Dana', 1795353000000000000, 'subject');
DELETE FROM diary WHERE at < 1;
DELETE FROM diagnosis WHERE at < 1;
DELETE FROM outbox WHERE acknowledged_at < 1 AND NOT EXISTS (SELECT 1 FROM outbox_incident t
  JOIN incident i ON i.id = t.incident WHERE t.message = outbox.id AND i.ended_at IS NULL);
DELETE FROM outbox_incident WHERE message NOT IN (SELECT id FROM outbox);
DELETE FROM incident WHERE ended_at < 1 AND id NOT IN (SELECT incident FROM outbox_incident);
