package io.tidewatch.model.definition;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.Severity;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * When a minimum differs from its baseline.
 *
 * @param baseline as written in the schedule; where absent, the autoscaler of the same source says it
 * @param windows in the order written, which breaks ties
 * @param ramp how a minimum is changed in steps
 * @param preflight how long before a raise Tidewatch looks for what would keep it from being ready; zero: never
 * @param freezeRollouts hold back Rollout changes from commits while a window is open
 */
public record ScaleSchedule(
        String namespace,
        String name,
        Origin origin,
        TargetSelector targets,
        ZoneId timeZone,
        boolean suspend,
        Optional<Baseline> baseline,
        List<Window> windows,
        Checks checks,
        ConflictPolicy onConflict,
        Ramp ramp,
        Duration preflight,
        boolean freezeRollouts,
        List<RemedyPolicy> remedies,
        AlertRouting alerts) {

    /** The preflight of a schedule that names none. */
    public static final Duration PREFLIGHT = Duration.ofMinutes(15);

    public ScaleSchedule {
        windows = List.copyOf(windows);
        remedies = List.copyOf(remedies);
    }

    /** The same, as if written elsewhere: a schedule that only moved in its file has not changed. */
    public ScaleSchedule at(Origin other) {
        return new ScaleSchedule(
                namespace,
                name,
                other,
                targets,
                timeZone,
                suspend,
                baseline,
                windows.stream().map(window -> window.at(other)).toList(),
                checks,
                onConflict,
                ramp,
                preflight,
                freezeRollouts,
                remedies,
                alerts);
    }

    /**
     * The bounds outside every window: what the schedule writes, then what the autoscaler declares, then KEDA's default.
     *
     * @param declared of the autoscaler; absent where it is not declared
     */
    public Optional<Bounds> baselineOver(Optional<Bounds> declared) {
        return baseline.map(written -> new Bounds(
                        written.minReplicas(),
                        written.maxReplicas().orElse(declared.map(Bounds::max).orElse(Bounds.DEFAULT_MAX))))
                .or(() -> declared);
    }

    /** As people read it: {@code shop/checkout-midnight}. */
    public String id() {
        return namespace + "/" + name;
    }

    /** Which autoscalers of the schedule's namespace are meant. */
    public sealed interface TargetSelector {

        /** The kind of all of them. */
        default AutoscalerKind kind() {
            return AutoscalerKind.SCALED_OBJECT;
        }

        /** Where its names or labels stand in a schedule. */
        String path();

        /** The name of the only one; absent where labels select them. */
        default Optional<String> single() {
            return Optional.empty();
        }

        /** One ScaledObject. */
        record ByName(String name) implements TargetSelector {

            @Override
            public String path() {
                return "spec.scaledObjectRef.name";
            }

            @Override
            public Optional<String> single() {
                return Optional.of(name);
            }
        }

        /** One HorizontalPodAutoscaler that KEDA does not own. */
        record ByHpa(String name) implements TargetSelector {

            @Override
            public AutoscalerKind kind() {
                return AutoscalerKind.HPA;
            }

            @Override
            public String path() {
                return "spec.hpaRef.name";
            }

            @Override
            public Optional<String> single() {
                return Optional.of(name);
            }
        }

        /** All ScaledObjects that have these labels. */
        record ByLabels(Map<String, String> matchLabels) implements TargetSelector {
            public ByLabels {
                matchLabels = Map.copyOf(matchLabels);
            }

            @Override
            public String path() {
                return "spec.scaledObjectSelector.matchLabels";
            }
        }
    }

    /** A baseline as written in a schedule; for an absent bound, the ScaledObject or KEDA's default counts. */
    public record Baseline(int minReplicas, OptionalInt maxReplicas) {}

    /** What to do about a foreign value that is lower than ours. */
    public enum ConflictPolicy {
        ADOPT,
        REPORT,
        FORCE
    }

    /** Receivers by name (empty: the routing of the configuration) and how loud a lag is. */
    public record AlertRouting(List<String> receivers, Severity severity) {
        public AlertRouting {
            receivers = List.copyOf(receivers);
        }
    }
}
