package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.ownership.BeforeRecord;
import io.tidewatch.ownership.OwnRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Missing pods that were missing before the step already, by what the ScaledObject remembers. They are never put down to the step.
 *
 * <p>No more are counted than were missing then. With the same cause the lack is the same lack, whichever pods have it. With another
 * cause, or none, only pods count that have not been ready since before the step.
 *
 * @param pods how many of the missing pods; at least 1
 * @param missing how many pods are missing now
 * @param at when the step began
 */
public record LackBefore(int pods, int missing, Instant at, BeforeRecord remembered) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    /** The API server cuts instants to the second. */
    private static final Duration PRECISION = Duration.ofSeconds(1);

    /**
     * @param causes of the lack, as they are found now
     * @param reached whether the step had all of its pods once: what is missing since then came later
     */
    public static Optional<LackBefore> of(Chain chain, List<Cause> causes, boolean reached) {
        int missing = chain.live().isPresent() ? Math.max(0, chain.minimum().counts() - chain.available()) : 0;
        if (missing == 0 || reached || !chain.minimum().isRight()) {
            return Optional.empty();
        }
        return chain.input()
                .seen()
                .autoscaler()
                .filter(LackBefore::isOurMinimum)
                .map(live -> new OwnRecord(live.meta()))
                .flatMap(ours -> ours.before()
                        .flatMap(before -> ours.stepAt().flatMap(at -> of(chain, causes, before, at, missing))));
    }

    private static boolean isOurMinimum(AutoscalerView live) {
        return new OwnRecord(live.meta())
                .applied()
                .filter(applied -> applied.min() == live.bounds().min())
                .isPresent();
    }

    private static Optional<LackBefore> of(
            Chain chain, List<Cause> causes, BeforeRecord before, Instant at, int missing) {
        boolean isSameCause = before.cause().filter(causes::contains).isPresent();
        Instant stepIsOver = at.plus(chain.input().checks().follow())
                .plus(chain.input().checks().timeout());
        int old = 0;
        int later = 0;
        for (PodView pod : chain.lackingPods()) {
            Optional<Instant> since = unreadySince(pod);
            old += since.filter(began -> !began.isAfter(at.plus(PRECISION))).isPresent() ? 1 : 0;
            later += since.filter(stepIsOver::isBefore).isPresent() ? 1 : 0;
        }
        int most = Math.min(before.missing(), missing);
        int pods = isSameCause ? Math.min(most, missing - Math.min(missing, later)) : Math.min(most, old);
        return pods > 0 ? Optional.of(new LackBefore(pods, missing, at, before)) : Optional.empty();
    }

    private static Optional<Instant> unreadySince(PodView pod) {
        return Optional.ofNullable(pod.conditions().get("Ready"))
                .flatMap(Condition::lastTransition)
                .or(() -> pod.meta().created());
    }

    /** Whether everything that is missing was missing before. */
    public boolean isWhole() {
        return pods == missing;
    }

    /** What follows the sentence about the lack. */
    public String sentence(Chain chain) {
        ZoneId zone = chain.input()
                .scheduled()
                .map(desired -> desired.schedule().timeZone())
                .orElse(ZoneOffset.UTC);
        String step = "before the step at " + TIME.format(at.atZone(zone)) + " "
                + (zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId());
        return isWhole()
                ? "this was already so " + step
                : pods + " of the " + missing + " missing pods " + (pods == 1 ? "was" : "were") + " missing already "
                        + step;
    }

    /** The annotation of the object whose minimum it is. */
    public Optional<Evidence> evidence(Chain chain) {
        return chain.input()
                .seen()
                .autoscaler()
                .map(live -> new Evidence(
                        (live instanceof HpaView ? "HPA " : "ScaledObject ")
                                + live.meta().name(),
                        "metadata.annotations[" + Annotations.BEFORE + "]",
                        remembered.text()));
    }
}
