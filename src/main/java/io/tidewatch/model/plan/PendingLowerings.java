package io.tidewatch.model.plan;

import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Plan.Skipped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lowerings that wait for health: what they wait for and since when. Losing it costs words, never deeds. */
public record PendingLowerings(Map<Target, Wait> byTarget) {

    public static final PendingLowerings NONE = new PendingLowerings(Map.of());

    public PendingLowerings {
        byTarget = Map.copyOf(byTarget);
    }

    public Optional<Wait> of(Target target) {
        return Optional.ofNullable(byTarget.get(target));
    }

    /** After a plan: one that waits goes on, and one that acts is remembered until its write has come about. */
    public PendingLowerings after(Plan plan) {
        List<Skipped> waiting = plan.skipped().stream()
                .filter(skip -> skip.code().equals(Skipped.BEFORE_DOWN))
                .toList();
        Map<Target, Wait> waits = new HashMap<>(byTarget);
        waits.keySet()
                .retainAll(Stream.concat(
                                plan.actions().stream().map(Action::target),
                                waiting.stream().map(Skipped::target))
                        .collect(Collectors.toSet()));
        waiting.forEach(skip -> waits.merge(
                skip.target(),
                new Wait(plan.at(), skip.reason()),
                (begun, now) -> new Wait(begun.since(), now.what())));
        return new PendingLowerings(waits);
    }

    /** @param what it waits for, in the words that were reported last */
    public record Wait(Instant since, String what) {}
}
