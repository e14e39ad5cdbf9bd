package io.tidewatch.journal;

import io.tidewatch.model.report.AlertMessage;

/**
 * A message whose time to be sent has come.
 *
 * @param attempts how many have failed so far
 */
public record DueMessage(AlertMessage message, int attempts) {}
