package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.Version;
import java.util.Optional;

/**
 * A known fault of some versions of a controller.
 *
 * @param first the first version that has it
 * @param last the last one; absent while it is open
 */
record Advisory(String controller, String id, Version first, Optional<Version> last, String text) {

    /** @param key CONTROLLER.ID
     * @param value FIRST..LAST | text */
    static Advisory parse(String key, String value) {
        int dot = key.indexOf('.');
        int bar = value.indexOf('|');
        int dots = value.indexOf("..");
        String last = value.substring(dots + 2, bar).trim();
        return new Advisory(
                key.substring(0, dot),
                key.substring(dot + 1),
                Version.parse(value.substring(0, dots).trim()).orElseThrow(),
                last.equals("*")
                        ? Optional.empty()
                        : Optional.of(Version.parse(last).orElseThrow()),
                value.substring(bar + 1).trim());
    }

    boolean concerns(String name, Version version) {
        return controller.equals(name)
                && version.compareTo(first) >= 0
                && last.filter(end -> version.compareTo(end) > 0).isEmpty();
    }
}
