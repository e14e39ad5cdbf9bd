package io.tidewatch.model.cluster;

import java.time.Instant;
import java.util.Optional;

/**
 * The mark of a process that writes without an election, as {@code START/ID}.
 *
 * @param started when the process started, by its own clock
 * @param id tells it from every other process
 */
public record ProcessMark(Instant started, String id) {

    private static final int LONGEST_ID = 64;

    /** @return empty for a text that is no mark */
    public static Optional<ProcessMark> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || slash == text.length() - 1 || text.length() - slash > LONGEST_ID) {
            return Optional.empty();
        }
        return Annotations.instant(text.substring(0, slash))
                .map(started -> new ProcessMark(started, text.substring(slash + 1)));
    }

    public String text() {
        return started + "/" + id;
    }

    /** Whether that process started after this one. Of two that started at one instant, the ids decide. */
    public boolean isYoungerThan(ProcessMark other) {
        int order = started.compareTo(other.started());
        return order > 0 || (order == 0 && id.compareTo(other.id()) > 0);
    }
}
