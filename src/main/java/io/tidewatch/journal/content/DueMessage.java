package io.tidewatch.journal.content;

import io.tidewatch.model.report.AlertMessage;

/**
 * A message to send now.
 *
 * @param attempts the number of attempts that failed
 */
public record DueMessage(AlertMessage message, int attempts) {}
