package io.tidewatch.model.definition;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.LabelIndex;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.ScaleSchedule.TargetSelector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The autoscalers that a source declares: which of them a schedule means, and over which baseline. */
public final class Autoscalers {

    private final Map<AutoscalerKind, Map<Target, AutoscalerSpec>> byKind = new HashMap<>();
    private final LabelIndex<AutoscalerSpec> scaledObjectsByLabel = new LabelIndex<>();

    /** Those of a source, in the order of their names; of two of one kind and name the first counts. */
    public static Autoscalers of(SourceDefinitions source) {
        Map<Target, AutoscalerSpec> scaledObjects = new TreeMap<>();
        Autoscalers all = new Autoscalers();
        source.autoscalers().forEach(spec -> {
            if (spec.kind() == AutoscalerKind.SCALED_OBJECT) {
                scaledObjects.putIfAbsent(spec.target(), spec);
            } else {
                all.add(spec);
            }
        });
        scaledObjects.values().forEach(all::add);
        return all;
    }

    /** @return false where one of this kind and name was added before, which counts */
    public boolean add(AutoscalerSpec spec) {
        if (byKind.computeIfAbsent(spec.kind(), kind -> new HashMap<>()).putIfAbsent(spec.target(), spec) != null) {
            return false;
        }
        if (spec.kind() == AutoscalerKind.SCALED_OBJECT) {
            scaledObjectsByLabel.add(spec.target().namespace(), spec.labels(), spec);
        }
        return true;
    }

    /** The targets of a schedule. By name: that one, declared or not. By labels: those declared, in the order added. */
    public List<Target> targets(ScaleSchedule schedule) {
        return schedule.targets()
                .single()
                .map(name -> List.of(new Target(schedule.namespace(), name)))
                .orElseGet(() ->
                        declared(schedule).stream().map(AutoscalerSpec::target).toList());
    }

    /** The targets of a schedule that are declared. */
    public List<AutoscalerSpec> declared(ScaleSchedule schedule) {
        TargetSelector selector = schedule.targets();
        return selector instanceof TargetSelector.ByLabels labels
                ? scaledObjectsByLabel.find(schedule.namespace(), labels.matchLabels())
                : targets(schedule).stream()
                        .flatMap(target -> declared(selector.kind(), target).stream())
                        .toList();
    }

    private Optional<AutoscalerSpec> declared(AutoscalerKind kind, Target target) {
        return Optional.ofNullable(byKind.getOrDefault(kind, Map.of()).get(target));
    }

    /** Absent where neither the schedule nor a declared autoscaler has one. */
    public Optional<Bounds> baseline(ScaleSchedule schedule, Target target) {
        return schedule.baselineOver(declared(schedule.targets().kind(), target).map(AutoscalerSpec::bounds));
    }

    /** How many ScaledObjects were compared with labels until now: the unit of that work. */
    public long compared() {
        return scaledObjectsByLabel.compared();
    }
}
