package io.tidewatch.cli;

import io.tidewatch.cluster.Holds;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.Annotations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code NAME -n NS} or {@code --all [-n NS]}: the targets to hold or release. */
final class HeldTargets {

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "Name of the ScaledObject, or of the HPA without KEDA.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--all", description = "All targets of this instance of Tidewatch.")
    private boolean all;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "Namespace of the target; with --all, only the targets of this namespace.")
    private Optional<String> namespace = Optional.empty();

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            description = "With --all: tidewatch.instance of the instance. Default: tidewatch.",
            defaultValue = "tidewatch")
    private String instance = "tidewatch";

    @Mixin
    private ConfigurationFolder config = new ConfigurationFolder();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    boolean isAll() {
        check();
        return all;
    }

    /** The one that is named. */
    Target one() {
        check();
        return new Target(namespace.orElseThrow(), name.orElseThrow());
    }

    private void check() {
        if (all == name.isPresent()) {
            throw wrong(all ? "NAME and --all exclude each other" : "write the NAME of a target, or --all");
        }
        if (!all && namespace.isEmpty()) {
            throw wrong("the namespace of " + name.orElseThrow() + " is missing; write --namespace NS");
        }
    }

    private ParameterException wrong(String message) {
        CommandLine line = spec.commandLine();
        return new ParameterException(line, message);
    }

    /** The targets on which this instance has written, and those of which the running reconciler knows. */
    SortedSet<Target> ofInstance(Holds holds) {
        SortedSet<Target> targets = new TreeSet<>(inReconciler());
        holds.annotations(namespace).forEach((target, annotations) -> {
            if (instance.equals(annotations.get(Annotations.INSTANCE))) {
                targets.add(target);
            }
        });
        return targets;
    }

    /** The held targets of this instance, and held objects that name no instance. */
    SortedSet<Target> held(Holds holds) {
        SortedSet<Target> targets = new TreeSet<>();
        holds.annotations(namespace).forEach((target, annotations) -> {
            if (annotations.containsKey(Annotations.HOLD_UNTIL) && isOursOrNobodys(annotations)) {
                targets.add(target);
            }
        });
        return targets;
    }

    private boolean isOursOrNobodys(Map<String, String> annotations) {
        return Optional.ofNullable(annotations.get(Annotations.INSTANCE))
                .map(instance::equals)
                .orElse(true);
    }

    /** A target that was never written carries no annotation, so only the reconciler knows it. */
    private List<Target> inReconciler() {
        try {
            return RunningReconciler.targets(config.running().get("/status")).stream()
                    .filter(target -> namespace.map(target.namespace()::equals).orElse(true))
                    .toList();
        } catch (IllegalArgumentException away) {
            Tidewatch.err()
                    .println("tidewatch: targets that Tidewatch has never written are left out: "
                            + FailureMessages.of(away));
            return List.of();
        }
    }
}
