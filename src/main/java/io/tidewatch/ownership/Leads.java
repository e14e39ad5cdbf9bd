package io.tidewatch.ownership;

import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.definition.LearnedLeads;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Reads from the autoscalers what was learned of the leads of their targets, so that a restart changes nothing. */
public final class Leads {

    private Leads() {}

    /** Of an HPA that KEDA made, the ScaledObject counts. */
    public static LearnedLeads of(ClusterState seen) {
        return of(Stream.concat(
                seen.hpas().stream().filter(hpa -> hpa.scaledObject().isEmpty()), seen.scaledObjects().stream()));
    }

    /** Of two autoscalers with one name the later counts. */
    public static LearnedLeads of(Stream<? extends AutoscalerView> autoscalers) {
        Map<Target, LearnedLead> leads = new HashMap<>();
        autoscalers.forEach(live -> new OwnRecord(live.meta())
                .lead()
                .ifPresent(lead -> leads.put(
                        new Target(live.meta().namespace(), live.meta().name()), lead)));
        return new LearnedLeads(leads);
    }
}
