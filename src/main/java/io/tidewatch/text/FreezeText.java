package io.tidewatch.text;

import io.tidewatch.model.Commit;
import io.tidewatch.model.Durations;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.FreezeOverride;
import io.tidewatch.model.plan.Difference;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;

/** The sentences about revisions that {@code freezeRollouts} holds back. Instants are in the time zone of the schedule, to the second. */
public final class FreezeText {

    private FreezeText() {}

    public static String held(Commit commit) {
        return "freezeRollouts holds back " + change(commit);
    }

    /** A revision that nothing holds back but a lowering in the same pass. */
    public static String waits(Commit commit) {
        return change(commit) + " waits";
    }

    /**
     * A pod template that others changed.
     *
     * @param managers who did; their names are {@link io.tidewatch.model.StrangerText} once they are in a line
     */
    public static String drift(Collection<String> managers, Difference difference, Commit commit) {
        return String.join(", ", managers) + " set " + difference.field() + " to "
                + difference.live().orElse("(none)") + ", "
                + (isFile(commit) ? "the manifest" : "commit " + commit.shortId()) + " says "
                + difference.written().orElse("(none)") + "; freezeRollouts leaves it";
    }

    /** The end of the reason of a write that a trailer lets through. */
    public static String overridden(FreezeOverride override) {
        return ", despite freezeRollouts, by Tidewatch-Override of "
                + override.commit().author() + " (" + override.commit().shortId() + "): " + override.reason();
    }

    /** The end of the line about a write that was held back. */
    public static String released(Duration held) {
        return ", held back by freezeRollouts for " + Durations.roughly(held);
    }

    /** The same where it is not known how long it was held before the end of the window. */
    public static String releasedAfter(Duration sinceEnd) {
        return ", held back by freezeRollouts until the end of the window and for " + Durations.roughly(sinceEnd)
                + " after it";
    }

    public static String open(OpenWindow window, ZoneId zone) {
        return "until window " + window.name() + " ends at " + ScheduleTime.of(window.end(), zone);
    }

    public static String comes(OpenWindow window, ZoneId zone) {
        return "until window " + window.name() + " ends: it begins at " + ScheduleTime.of(window.start(), zone);
    }

    public static String toBeLowered(int minimum) {
        return "until the minimum is lowered to " + minimum;
    }

    public static String follows(Instant end, ZoneId zone) {
        return "until the target has followed the end of the window, at the latest until " + ScheduleTime.of(end, zone);
    }

    private static String change(Commit commit) {
        return isFile(commit) ? "the new template" : "commit " + commit.shortId() + " by " + commit.author();
    }

    /** Whether a plan was made from files instead of a commit. */
    private static boolean isFile(Commit commit) {
        return commit.id().isEmpty();
    }
}
