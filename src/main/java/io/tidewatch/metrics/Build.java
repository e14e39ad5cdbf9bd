package io.tidewatch.metrics;

import java.time.zone.ZoneRulesProvider;

/**
 * Which build this is.
 *
 * @param java the version of the JVM
 * @param tzdata the version of the rules of time zones that the JVM has: edges are worked out with them
 */
public record Build(String version, String java, String tzdata) {

    /** The build with this version, on this JVM. */
    public static Build of(String version) {
        return new Build(
                version,
                Runtime.version().toString(),
                ZoneRulesProvider.getVersions("UTC").lastKey());
    }
}
