package io.tidewatch.journal;

import java.util.Optional;

/**
 * A message that no receiver has taken yet.
 *
 * @param lastFailure absent before the first attempt
 */
public record Undelivered(DueMessage due, Optional<String> lastFailure) {}
