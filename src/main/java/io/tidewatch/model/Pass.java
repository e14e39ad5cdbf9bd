package io.tidewatch.model;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One look at everything, as it travels from stage to stage; each stage adds what it found and touches nothing else.
 *
 * @param before the diagnoses of the pass before: the only memory that this one has
 */
public record Pass(
        Definitions definitions,
        Agenda agenda,
        ClusterState cluster,
        Observation observation,
        Diagnoses before,
        Diagnoses diagnoses,
        Plan plan,
        List<Outcome> outcomes,
        Report report) {

    /** Before the first pass: nothing is known. */
    public static final Pass NONE =
            begin(Definitions.NONE, new Agenda(Instant.EPOCH, new TreeMap<>(), new TreeSet<>()), Diagnoses.NONE);

    public Pass {
        outcomes = List.copyOf(outcomes);
    }

    public static Pass begin(Definitions definitions, Agenda agenda, Diagnoses before) {
        return new Pass(
                definitions,
                agenda,
                ClusterState.NONE,
                Observation.NONE,
                before,
                Diagnoses.NONE,
                Plan.NONE,
                List.of(),
                Report.NONE);
    }

    public Pass with(ClusterState seen, Observation made) {
        return new Pass(definitions, agenda, seen, made, before, diagnoses, plan, outcomes, report);
    }

    public Pass with(Diagnoses made) {
        return new Pass(definitions, agenda, cluster, observation, before, made, plan, outcomes, report);
    }

    public Pass with(Plan made) {
        return new Pass(definitions, agenda, cluster, observation, before, diagnoses, made, outcomes, report);
    }

    public Pass with(List<Outcome> came) {
        return new Pass(definitions, agenda, cluster, observation, before, diagnoses, plan, came, report);
    }

    public Pass with(Report made) {
        return new Pass(definitions, agenda, cluster, observation, before, diagnoses, plan, outcomes, made);
    }
}
