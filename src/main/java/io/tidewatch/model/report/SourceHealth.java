package io.tidewatch.model.report;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a source, for those who ask how it stands.
 *
 * @param source its name
 * @param lastAsked when the remote was last asked, whatever came of it
 * @param due when it is asked next, as things stand
 * @param commitSeen the commit that its ref pointed at when it last answered
 * @param commitInForce the commit whose definitions count
 * @param trouble why it could not be asked or read, in one line
 */
public record SourceHealth(
        String source,
        Optional<Instant> lastAsked,
        Instant due,
        Optional<String> commitSeen,
        Optional<String> commitInForce,
        Optional<String> trouble) {}
