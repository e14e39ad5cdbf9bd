package io.tidewatch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.ownership.Leads;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a verb that needs no cluster learns which leads the targets have learned. */
final class KnownLeads {

    @Option(
            names = "--cluster-state",
            paramLabel = "PATH",
            description = "Take the learned leads of targets from a dump of the cluster.")
    private List<String> clusterState = new ArrayList<>();

    @Option(
            names = "--running",
            description = "Take the learned leads of targets from the running reconciler at the address of --config.")
    private boolean running;

    /**
     * @param folder of the configuration, for the address of the running reconciler
     * @throws IllegalArgumentException if both are asked, or if nothing answers
     */
    LearnedLeads leads(Optional<Path> folder) {
        if (running && !clusterState.isEmpty()) {
            throw new IllegalArgumentException("--cluster-state and --running are both given; keep one of them");
        }
        if (running) {
            return of(new RunningReconciler(Configurations.http(folder)).get("/status"));
        }
        return clusterState.isEmpty()
                ? LearnedLeads.NONE
                : Leads.of(Dumps.read(clusterState).read(Instant.now()));
    }

    /** The leads in an answer to {@code /status}. */
    static LearnedLeads of(JsonNode answer) {
        Map<Target, LearnedLead> leads = new HashMap<>();
        answer.path("targets")
                .forEach(row -> RunningReconciler.target(row)
                        .ifPresent(target -> LearnedLead.read(row.path("lead").asText())
                                .ifPresent(lead -> leads.put(target, lead))));
        return new LearnedLeads(leads);
    }
}
