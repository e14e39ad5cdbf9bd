package io.tidewatch.model.report;

import io.tidewatch.model.Faults;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.model.preflight.Preflights;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One pass over all targets. It travels from stage to stage, and each stage adds its results and changes nothing else.
 *
 * <p>Two passes are equal only if they are the same object: Camel hashes and compares the body of a message, and this
 * one holds the whole cluster.
 *
 * @param before the diagnoses of the pass before, which is all that this pass remembers
 * @param diagnoses of this pass; a target with a fault is {@link State#UNKNOWN} here, whichever stage met it
 * @param preflights of the raises that are near
 * @param faults what all stages met until now
 */
public record Pass(
        Definitions definitions,
        DesiredState desired,
        ClusterState cluster,
        Observation observation,
        Diagnoses before,
        Diagnoses diagnoses,
        Preflights preflights,
        Plan plan,
        List<Outcome> outcomes,
        Report report,
        Faults faults) {

    /** Before the first pass: nothing is known. */
    public static final Pass NONE =
            begin(Definitions.NONE, new DesiredState(Instant.EPOCH, new TreeMap<>(), new TreeSet<>()), Diagnoses.NONE);

    public Pass {
        outcomes = List.copyOf(outcomes);
    }

    public static Pass begin(Definitions definitions, DesiredState desired, Diagnoses before) {
        return new Pass(
                definitions,
                desired,
                ClusterState.NONE,
                Observation.NONE,
                before,
                Diagnoses.NONE,
                Preflights.NONE,
                Plan.NONE,
                List.of(),
                Report.NONE,
                desired.faults());
    }

    public Pass with(ClusterState seen, Observation made) {
        return new Pass(
                definitions,
                desired,
                seen,
                made,
                before,
                diagnoses,
                preflights,
                plan,
                outcomes,
                report,
                faults.and(made.faults()));
    }

    /** The same, with other bounds that are to stand now. */
    public Pass with(DesiredState stepped) {
        return new Pass(
                definitions,
                stepped,
                cluster,
                observation,
                before,
                diagnoses,
                preflights,
                plan,
                outcomes,
                report,
                faults);
    }

    public Pass with(Diagnoses made) {
        Faults all = faults.and(made.faults());
        return new Pass(
                definitions,
                desired,
                cluster,
                observation,
                before,
                made.with(all),
                preflights,
                plan,
                outcomes,
                report,
                all);
    }

    public Pass with(Preflights made) {
        return new Pass(
                definitions, desired, cluster, observation, before, diagnoses, made, plan, outcomes, report, faults);
    }

    /** The faults of the preflights count from here on: a raise is never blocked by its preflight. */
    public Pass with(Plan made) {
        return new Pass(
                        definitions,
                        desired,
                        cluster,
                        observation,
                        before,
                        diagnoses,
                        preflights,
                        made,
                        outcomes,
                        report,
                        faults)
                .with(made.faults().and(preflights.faults()));
    }

    public Pass with(List<Outcome> came) {
        return new Pass(
                        definitions,
                        desired,
                        cluster,
                        observation,
                        before,
                        diagnoses,
                        preflights,
                        plan,
                        came,
                        report,
                        faults)
                .with(Outcome.faults(came));
    }

    public Pass with(Report made) {
        return new Pass(
                        definitions,
                        desired,
                        cluster,
                        observation,
                        before,
                        diagnoses,
                        preflights,
                        plan,
                        outcomes,
                        made,
                        faults)
                .with(made.faults());
    }

    /** The same pass as the first one that is reported: what changed in the passes before it was told to nobody. */
    public Pass reportedFirst() {
        return new Pass(
                definitions,
                desired,
                cluster,
                observation,
                Diagnoses.NONE,
                diagnoses,
                preflights,
                plan,
                outcomes,
                report,
                faults);
    }

    /** Faults that no record of a stage carries. */
    public Pass with(Faults met) {
        if (met.isEmpty()) {
            return this;
        }
        Faults all = faults.and(met);
        return new Pass(
                definitions,
                desired,
                cluster,
                observation,
                before,
                diagnoses.with(all),
                preflights,
                plan,
                outcomes,
                report,
                all);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
