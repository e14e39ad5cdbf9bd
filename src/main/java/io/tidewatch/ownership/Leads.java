package io.tidewatch.ownership;

import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.definition.LearnedLeads;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Reads from the ScaledObjects what was learned of the leads of their targets, so that a restart changes nothing. */
public final class Leads {

    private Leads() {}

    public static LearnedLeads of(Collection<ScaledObjectView> objects) {
        Map<Target, LearnedLead> leads = new HashMap<>();
        for (ScaledObjectView live : objects) {
            new OwnRecord(live.meta())
                    .lead()
                    .ifPresent(lead -> leads.put(
                            new Target(live.meta().namespace(), live.meta().name()), lead));
        }
        return new LearnedLeads(leads);
    }
}
