package io.tidewatch.model.report;

import io.tidewatch.model.StrangerText;
import io.tidewatch.model.Target;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of the diary.
 *
 * @param code stable word for scripts: {@code window-opened}, {@code hpa-followed}, {@code available}, ...
 * @param text what a person reads, without time and target, as a {@link StrangerText#line}
 */
public record DiaryEntry(Instant at, Optional<Target> target, String code, String text) {

    public DiaryEntry {
        text = StrangerText.line(text);
    }

    /** A commit was read and is in force. */
    public static final String COMMIT_READ = "commit-read";

    /** A schedule was removed while its window was open: the receivers get a message at once. */
    public static final String REMOVED_IN_WINDOW = "removed-in-window";

    /** Another manager owns a field that an edge ahead will write. */
    public static final String OWNERSHIP = "ownership";

    /** The same where the field will not be taken over: the receivers get a message at once. */
    public static final String CONFLICT_AHEAD = "conflict-ahead";

    /** Another manager applies spec.replicas of a workload that an autoscaler scales. */
    public static final String REPLICAS_OWNED = "replicas-owned";

    /** The API server will reject the write of an edge ahead: the receivers get a message at once. */
    public static final String REFUSAL_AHEAD = "refusal-ahead";

    /** Messages that waited will never be sent: there were too many, or another replica reports. */
    public static final String MESSAGES_GIVEN_UP = "messages-given-up";
}
