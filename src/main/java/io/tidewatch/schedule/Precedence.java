package io.tidewatch.schedule;

import io.tidewatch.model.Bounds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a window counts at an instant.
 *
 * @param window the window that counts
 * @param beaten the other open windows, in the order written
 */
public record Precedence(String window, List<Beaten> beaten) {

    public Precedence {
        beaten = List.copyOf(beaten);
    }

    /** An open window that does not count, and the rule that decided so. */
    public record Beaten(String window, Rule by) {}

    /** The rules, in the order in which they decide. */
    public enum Rule {
        PRIORITY,
        MINIMUM,
        WRITTEN_FIRST
    }

    /** The precedence at an instant; absent where no window is open. */
    static Optional<Precedence> at(CompiledSchedule schedule, Instant instant, Optional<Bounds> baseline) {
        return schedule.winnerAt(instant, baseline).map(open -> {
            CompiledWindow winner = open.window();
            List<Beaten> beaten = new ArrayList<>();
            for (CompiledWindow other : schedule.windows()) {
                if (!other.equals(winner) && other.recurrence().openAt(instant).isPresent()) {
                    beaten.add(new Beaten(other.window().name(), rule(winner, other, baseline)));
                }
            }
            return new Precedence(winner.window().name(), beaten);
        });
    }

    private static Rule rule(CompiledWindow winner, CompiledWindow other, Optional<Bounds> baseline) {
        if (winner.window().priority() != other.window().priority()) {
            return Rule.PRIORITY;
        }
        return CompiledSchedule.minimum(winner, baseline) == CompiledSchedule.minimum(other, baseline)
                ? Rule.WRITTEN_FIRST
                : Rule.MINIMUM;
    }
}
