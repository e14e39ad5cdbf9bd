package io.tidewatch.metrics;

import java.time.zone.ZoneRulesProvider;

/**
 * Which build this is.
 *
 * @param revision the commit that it was built of; {@code unknown} where it was built outside of a clone
 * @param java the version of the JVM
 * @param tzdata the version of the rules of time zones that the JVM has: edges are worked out with them
 */
public record Build(String version, String revision, String java, String tzdata) {

    /** The build with this version, on this JVM. */
    public static Build of(String version, String revision) {
        return new Build(
                version,
                revision,
                Runtime.version().toString(),
                ZoneRulesProvider.getVersions("UTC").lastKey());
    }
}
