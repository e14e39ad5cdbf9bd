package io.tidewatch.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a pass does.
 *
 * @param holds targets that wanted something and get nothing now, and why
 * @param next when to look again, whatever happens
 */
public record Plan(Instant at, List<Action> actions, List<Hold> holds, Optional<Instant> next) {

    public Plan {
        actions = List.copyOf(actions);
        holds = List.copyOf(holds);
    }

    /** Not acting is a decision with a name. */
    public record Hold(Target target, String code, String reason) {}
}
