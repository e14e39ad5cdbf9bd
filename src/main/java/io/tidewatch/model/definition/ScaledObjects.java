package io.tidewatch.model.definition;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.LabelIndex;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.ScaleSchedule.TargetSelector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The ScaledObjects that a source declares: which of them a schedule means, and over which baseline. */
public final class ScaledObjects {

    private final Map<Target, ScaledObjectSpec> byTarget = new HashMap<>();
    private final LabelIndex<ScaledObjectSpec> byLabel = new LabelIndex<>();

    /** Those of a source, in the order of their names; of two of one name the first counts. */
    public static ScaledObjects of(SourceDefinitions source) {
        Map<Target, ScaledObjectSpec> sorted = new TreeMap<>();
        for (Manifest manifest : source.manifests()) {
            ScaledObjectSpec.of(manifest).ifPresent(spec -> sorted.putIfAbsent(spec.target(), spec));
        }
        ScaledObjects all = new ScaledObjects();
        sorted.values().forEach(all::add);
        return all;
    }

    /** @return false where one of this name was added before, which counts */
    public boolean add(ScaledObjectSpec spec) {
        if (byTarget.putIfAbsent(spec.target(), spec) != null) {
            return false;
        }
        byLabel.add(spec.target().namespace(), spec.labels(), spec);
        return true;
    }

    /** The targets of a schedule. By name: that one, declared or not. By labels: those declared, in the order added. */
    public List<Target> targets(ScaleSchedule schedule) {
        return schedule.targets() instanceof TargetSelector.ByName named
                ? List.of(new Target(schedule.namespace(), named.name()))
                : declared(schedule).stream().map(ScaledObjectSpec::target).toList();
    }

    /** The targets of a schedule that are declared. */
    public List<ScaledObjectSpec> declared(ScaleSchedule schedule) {
        if (schedule.targets() instanceof TargetSelector.ByName named) {
            return declared(new Target(schedule.namespace(), named.name())).stream()
                    .toList();
        }
        return byLabel.find(schedule.namespace(), ((TargetSelector.ByLabels) schedule.targets()).matchLabels());
    }

    public Optional<ScaledObjectSpec> declared(Target target) {
        return Optional.ofNullable(byTarget.get(target));
    }

    /** Absent where neither the schedule nor a declared ScaledObject has one. */
    public Optional<Bounds> baseline(ScaleSchedule schedule, Target target) {
        return schedule.baselineOver(declared(target).map(ScaledObjectSpec::bounds));
    }

    /** How many ScaledObjects were compared with labels until now: the unit of that work. */
    public long compared() {
        return byLabel.compared();
    }
}
