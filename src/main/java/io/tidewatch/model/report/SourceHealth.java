package io.tidewatch.model.report;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of a source, for status and health.
 *
 * @param source its name
 * @param lastAsked when the last pull was tried, successful or not
 * @param lastAnswered when the last pull was tried that its remote answered
 * @param due when the next pull is due
 * @param commitSeen the commit that its ref pointed at when it last answered
 * @param commitInForce the commit whose definitions count
 * @param trouble why it could not be pulled or read, in one line
 */
public record SourceHealth(
        String source,
        Optional<Instant> lastAsked,
        Optional<Instant> lastAnswered,
        Instant due,
        Optional<String> commitSeen,
        Optional<String> commitInForce,
        Optional<String> trouble) {}
