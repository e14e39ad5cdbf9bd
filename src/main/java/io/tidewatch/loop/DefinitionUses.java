package io.tidewatch.loop;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.cluster.Use;
import io.tidewatch.model.definition.FurtherKind;
import io.tidewatch.model.definition.RemedyPolicy;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.SourceDefinitions;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What definitions need beside the minimums of ScaledObjects and Rollouts, as far as they say it themselves. */
public final class DefinitionUses {

    private DefinitionUses() {}

    /** The namespaces of each use. */
    public static Map<Use, Set<String>> of(List<SourceDefinitions> sources) {
        Map<Use, Set<String>> uses = new EnumMap<>(Use.class);
        for (SourceDefinitions source : sources) {
            source.manifests()
                    .forEach(manifest -> FurtherKind.of(
                                    manifest.key().apiVersion(), manifest.key().kind())
                            .ifPresent(kind -> uses.computeIfAbsent(applied(kind), first -> new TreeSet<>())
                                    .add(manifest.key().namespace())));
            for (ScaleSchedule schedule : source.schedules()) {
                for (Use use : uses(schedule)) {
                    uses.computeIfAbsent(use, first -> new TreeSet<>()).add(schedule.namespace());
                }
            }
        }
        return uses;
    }

    private static Use applied(FurtherKind kind) {
        return switch (kind) {
            case DEPLOYMENT -> Use.APPLIED_DEPLOYMENTS;
            case STATEFUL_SET -> Use.APPLIED_STATEFUL_SETS;
            case HPA -> Use.APPLIED_HPAS;
        };
    }

    private static Set<Use> uses(ScaleSchedule schedule) {
        Set<Use> uses = EnumSet.noneOf(Use.class);
        if (schedule.remedies().stream().anyMatch(remedy -> remedy.type().changesRollout())) {
            uses.add(Use.REMEDIES);
        }
        if (schedule.remedies().stream().anyMatch(remedy -> remedy.type() == RemedyPolicy.Type.RESTART_ROLLOUT)) {
            uses.add(Use.RESTARTS);
        }
        if (schedule.targets().kind() == AutoscalerKind.HPA) {
            uses.add(Use.HPAS);
        }
        return uses;
    }
}
