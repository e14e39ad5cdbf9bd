package io.tidewatch.text;

import io.tidewatch.model.Commit;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The sentences about revisions that {@code freezeRollouts} holds back. Instants are in UTC, to the second. */
public final class FreezeText {

    private FreezeText() {}

    public static String held(Commit commit, String reason) {
        return "freezeRollouts holds back commit " + commit.shortId() + " by " + commit.author() + " " + reason;
    }

    public static String open(OpenWindow window) {
        return "until window " + window.name() + " ends at " + at(window.end());
    }

    public static String comes(OpenWindow window) {
        return "until window " + window.name() + " ends: it begins at " + at(window.start());
    }

    public static String toBeLowered(int minimum) {
        return "until the minimum is lowered to " + minimum;
    }

    public static String follows(Instant end) {
        return "until the target has followed the end of the window, at the latest until " + at(end);
    }

    private static Instant at(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }
}
