package io.tidewatch.loop;

import io.tidewatch.cluster.ClusterCaches;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.report.Pass;
import io.tidewatch.observe.Observations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the caches hold of every target. Watched are the namespaces that definitions name, and others as long as an object
 * there carries the name of this instance: its schedule may be gone, and it has yet to get its baseline back.
 */
public final class ObserveStage {

    private final ClusterCaches caches;
    private final String instance;
    private final KnownNamespaces known;
    private final Set<String> doubtful = new HashSet<>();
    private Set<String> doubted = Set.of();

    /**
     * The namespaces of which the journal holds something from before this start, as far as that has been read by now:
     * objects of this instance may be left there.
     */
    @FunctionalInterface
    public interface KnownNamespaces {

        Set<String> namespaces();
    }

    public ObserveStage(ClusterCaches caches, String instance, KnownNamespaces known) {
        this.caches = caches;
        this.instance = instance;
        this.known = known;
    }

    public synchronized Pass observe(Pass pass) {
        List<ObjectKey> declared = pass.definitions().sources().stream()
                .map(SourceDefinitions::manifests)
                .flatMap(List::stream)
                .map(Manifest::key)
                .toList();
        Set<Target> targets = pass.agenda().targets();
        Set<String> now = known.namespaces();
        if (!now.equals(doubted)) {
            doubtful.addAll(now);
            doubted = now;
        }
        doubtful.removeIf(
                namespace -> caches.knowsScaledObjectsOf(namespace) || caches.mayNotSeeScaledObjectsOf(namespace));
        caches.watch(Stream.of(
                        declared.stream().map(ObjectKey::namespace),
                        targets.stream().map(Target::namespace),
                        ours(),
                        doubtful.stream())
                .flatMap(namespaces -> namespaces)
                .collect(Collectors.toUnmodifiableSet()));
        ClusterState state =
                caches.state(whole(declared, targets), pass.agenda().at());
        return pass.with(state, Observations.of(state, Observations.concerned(state, targets, declared, instance)));
    }

    /** What is declared, and what is ours and has no schedule any more: all that we own there is kept when it is left. */
    private Set<ObjectKey> whole(List<ObjectKey> declared, Set<Target> targets) {
        Set<ObjectKey> whole = new HashSet<>(declared);
        ourMetadata()
                .filter(meta -> !targets.contains(new Target(meta.namespace(), meta.name())))
                .map(meta -> new ObjectKey("keda.sh/v1alpha1", "ScaledObject", meta.namespace(), meta.name()))
                .forEach(whole::add);
        return whole;
    }

    private Stream<String> ours() {
        return ourMetadata().map(ObjectMeta::namespace);
    }

    private Stream<ObjectMeta> ourMetadata() {
        return caches.scaledObjects().stream()
                .map(ScaledObjectView::meta)
                .filter(meta -> meta.annotation(Annotations.INSTANCE)
                        .filter(instance::equals)
                        .isPresent());
    }
}
