package io.tidewatch.app.stage;

import io.tidewatch.cluster.ClusterCaches;
import io.tidewatch.model.ClusterState;
import io.tidewatch.model.Manifest;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Pass;
import io.tidewatch.model.SourceDefinitions;
import io.tidewatch.model.Target;
import io.tidewatch.observe.Observations;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the caches hold of every target. Namespaces that definitions newly name are watched from here on. */
public record ObserveStage(ClusterCaches caches, String instance) {

    public Pass observe(Pass pass) {
        List<ObjectKey> declared = pass.definitions().sources().stream()
                .map(SourceDefinitions::manifests)
                .flatMap(List::stream)
                .map(Manifest::key)
                .toList();
        Set<Target> targets = pass.agenda().wanted().keySet();
        caches.watch(Stream.concat(
                        declared.stream().map(ObjectKey::namespace),
                        targets.stream().map(Target::namespace))
                .collect(Collectors.toUnmodifiableSet()));
        ClusterState state = caches.state(Set.copyOf(declared), pass.agenda().at());
        return pass.with(state, Observations.of(state, Observations.concerned(state, targets, declared, instance)));
    }
}
