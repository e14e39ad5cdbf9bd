package io.tidewatch.definition.schema;

import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Place;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a field or value in a manifest is that no known version of Argo Rollouts or KEDA has. */
public enum UnknownFields {
    /** An error: the last good version of the file stays in force. */
    ERROR,
    /** A warning, for a cluster whose controllers are newer than the known versions. The API server decides. */
    WARN;

    /** @param text as in the configuration and on the command line: {@code error} or {@code warn} */
    public static Optional<UnknownFields> of(String text) {
        return Stream.of(values())
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }

    void report(Findings findings, Place place, String code, String message) {
        if (this == ERROR) {
            findings.error(place, code, message);
        } else {
            findings.warning(place, code, message);
        }
    }
}
