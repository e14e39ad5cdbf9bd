package io.tidewatch.cli.diagnosis;

import io.tidewatch.diagnose.Diagnoser;
import io.tidewatch.diagnose.chain.ControllerSigns;
import io.tidewatch.diagnose.chain.DiagnosisInput;
import io.tidewatch.model.Faults;
import io.tidewatch.model.Guard;
import io.tidewatch.model.Target;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.observe.Observations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Diagnoses the targets of a dump, and prints the result for people or scripts. Reads no file and calls no cluster. */
public final class DiagnosisOutput {

    private DiagnosisOutput() {}

    /** A target's observation and its diagnosis. */
    public record Diagnosed(TargetObservation seen, Diagnosis diagnosis) {}

    /**
     * Diagnoses a dump.
     *
     * @param name of a ScaledObject, or of a Rollout; absent: all
     * @return empty where nothing has that name
     */
    public static List<Diagnosed> onDump(
            ClusterState state, Optional<String> name, Optional<String> namespace, OptionalInt desired) {
        return onDump(state, name, namespace, desired, unheard -> {});
    }

    /**
     * @param met given the internal errors; each target that met one is {@code Unknown}
     */
    public static List<Diagnosed> onDump(
            ClusterState state,
            Optional<String> name,
            Optional<String> namespace,
            OptionalInt desired,
            Consumer<Faults> met) {
        Observation observation = Observations.of(state, targets(state, name, namespace));
        ControllerSigns signs = ControllerSigns.of(state.rollouts(), observation.controllers());
        Guard guard = new Guard("diagnose");
        List<Diagnosed> diagnosed = observation.targets().values().stream()
                .map(seen -> new Diagnosed(
                        seen,
                        observation
                                .faults()
                                .of(seen.target())
                                .map(fault -> Diagnosis.unknown(seen.target(), desired, Optional.empty(), fault))
                                .orElseGet(() -> guard.run(
                                        seen.target(),
                                        () -> Diagnoser.diagnose(DiagnosisInput.onDump(
                                                        seen,
                                                        observation.controllers(),
                                                        desired,
                                                        Checks.DEFAULT,
                                                        observation.at())
                                                .withControllerSeen(
                                                        () -> seen.rollout().flatMap(signs::last))),
                                        fault -> Diagnosis.unknown(seen.target(), desired, Optional.empty(), fault)))))
                .toList();
        met.accept(observation.faults().and(guard.faults()));
        return diagnosed;
    }

    private static Set<Target> targets(ClusterState state, Optional<String> name, Optional<String> namespace) {
        Set<Target> all = new TreeSet<>(Observations.targets(state));
        state.scaledObjects().forEach(found -> {
            boolean isMeant = name.filter(found.meta().name()::equals).isPresent()
                    || (found.targetKind().equals(WorkloadKind.ROLLOUT)
                            && name.filter(found.targetName()::equals).isPresent());
            if (isMeant) {
                all.add(new Target(found.meta().namespace(), found.meta().name()));
            }
        });
        Set<Target> scaling = state.scaledObjects().stream()
                .filter(found -> name.filter(found.targetName()::equals).isPresent())
                .map(found -> new Target(found.meta().namespace(), found.meta().name()))
                .collect(Collectors.toSet());
        return all.stream()
                .filter(target -> namespace.isEmpty() || namespace.get().equals(target.namespace()))
                .filter(target -> name.isEmpty() || name.get().equals(target.name()) || scaling.contains(target))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** 1 if some target is in a state that needs a person or a remedy. */
    public static int exitCode(List<Diagnosed> diagnosed) {
        return diagnosed.stream().anyMatch(each -> each.diagnosis().state().isProblem()) ? 1 : 0;
    }

    /** The text for each target, with a table of the hops. */
    public static String people(List<Diagnosed> diagnosed) {
        return diagnosed.stream().map(DiagnosisStory::of).collect(Collectors.joining("\n"));
    }

    /** The document for scripts. */
    public static Map<String, Object> document(List<Diagnosed> diagnosed) {
        List<Map<String, Object>> diagnoses = new ArrayList<>();
        diagnosed.forEach(each -> diagnoses.add(DiagnosisDocument.of(each.diagnosis())));
        return Map.of("diagnoses", diagnoses);
    }
}
