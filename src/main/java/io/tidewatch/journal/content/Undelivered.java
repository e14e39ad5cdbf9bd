package io.tidewatch.journal.content;

import java.util.Optional;

/**
 * A message that no receiver has accepted yet.
 *
 * @param lastFailure the error of the last attempt; absent before the first attempt
 */
public record Undelivered(DueMessage due, Optional<String> lastFailure) {}
