package io.tidewatch.ownership;

import io.tidewatch.model.cluster.Annotations;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ramp that our last write belongs to, as the ScaledObject remembers it: {@code up from 5 to 20 since INSTANT}.
 *
 * @param origin the minimum at which it began
 * @param goal the minimum to which it led when we wrote last
 * @param since when its first step of this period was written
 */
public record RampRecord(int origin, int goal, Instant since) {

    private static final Pattern TEXT = Pattern.compile("(up|down) from (\\d{1,9}) to (\\d{1,9}) since (\\S{1,40})");

    /** A text that is not ours counts as absent: a ramp then begins anew at the live minimum. */
    static Optional<RampRecord> read(String text) {
        Matcher found = TEXT.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        int origin = Integer.parseInt(found.group(2));
        int goal = Integer.parseInt(found.group(3));
        boolean up = found.group(1).equals("up");
        return Annotations.instant(found.group(4))
                .filter(since -> up ? goal > origin : goal < origin)
                .map(since -> new RampRecord(origin, goal, since));
    }

    public String text() {
        return (goal > origin ? "up" : "down") + " from " + origin + " to " + goal + " since " + since;
    }

    /** Whether a minimum is a step of this ramp, or its end. */
    boolean isOnWay(int minimum) {
        return Math.min(origin, goal) <= minimum && minimum <= Math.max(origin, goal);
    }

    /** Whether a change from one minimum to another goes on in the direction of this ramp, which has not ended. */
    boolean continues(int live, int to) {
        boolean up = goal > origin;
        boolean under = up ? live >= origin && live < goal : live <= origin && live > goal;
        return under && (up ? to > live : to < live);
    }
}
