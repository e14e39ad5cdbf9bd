package io.tidewatch.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of the night.
 *
 * @param code stable word for scripts: {@code window-opened}, {@code hpa-followed}, {@code available}, ...
 * @param text what a person reads, without time and target
 */
public record DiaryEntry(Instant at, Optional<Target> target, String code, String text) {

    /** A schedule was removed while its window was open: the one line of which a person is told at once. */
    public static final String REMOVED_IN_WINDOW = "removed-in-window";
}
