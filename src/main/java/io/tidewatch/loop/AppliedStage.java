package io.tidewatch.loop;

import io.tidewatch.model.Commit;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.model.report.Pass;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Remembers a commit once a pass has found nothing of it left to apply, and nothing of it is held back; until then, the files of which
 * that is true.
 */
public final class AppliedStage {

    /** Nothing is written to a target then, whatever its live objects are like. */
    private static final Set<String> EXCLUDED = Set.of(
            Skipped.HELD,
            Skipped.HELD_PAST_EDGE,
            Skipped.OTHER_INSTANCE,
            Skipped.BEING_DELETED,
            Skipped.OBSERVING,
            Skipped.FOLLOWING);

    private final AppliedCommits commits;
    private final AppliedFiles files;
    private final ConcurrentMap<String, String> remembered = new ConcurrentHashMap<>();

    /** Keeps across restarts, in the mirror of the source, which commit was applied last. */
    @FunctionalInterface
    public interface AppliedCommits {

        void remember(Commit commit);
    }

    /** Keeps, while the process lives, which files were applied although others of their source were not. */
    @FunctionalInterface
    public interface AppliedFiles {

        /** @param newest the newest commit of each file */
        void remember(String source, Map<String, Commit> newest);
    }

    public AppliedStage(AppliedCommits commits, AppliedFiles files) {
        this.commits = commits;
        this.files = files;
    }

    public Pass remember(Pass pass) {
        Set<ObjectKey> left = pass.plan().actions().stream()
                .flatMap(action -> objectOf(action).stream())
                .collect(Collectors.toCollection(HashSet::new));
        pass.plan().skipped().stream()
                .flatMap(skipped -> skipped.frozen().stream())
                .map(Skipped.Frozen::object)
                .forEach(left::add);
        Set<Target> excluded = excluded(pass);
        for (SourceDefinitions source : pass.definitions().sources()) {
            left.addAll(of(excluded, source, pass));
            boolean done = source.manifests().stream().map(Manifest::key).allMatch(key -> isApplied(key, left, pass));
            if (!done) {
                files.remember(source.source(), applied(source, left, pass));
            } else if (!source.commit().id().equals(remembered.get(source.source()))) {
                commits.remember(source.commit());
                remembered.put(source.source(), source.commit().id());
            }
        }
        return pass;
    }

    /** The newest commits of the files of which nothing is left to apply. */
    private static Map<String, Commit> applied(SourceDefinitions source, Set<ObjectKey> left, Pass pass) {
        Map<String, Commit> newest = new HashMap<>();
        source.changes().forEach((file, change) -> newest.put(file, change.newest()));
        source.manifests().stream()
                .filter(manifest -> !isApplied(manifest.key(), left, pass))
                .forEach(manifest -> newest.remove(manifest.origin().file()));
        return newest;
    }

    /** An object that is not observed has not been compared with its manifest. */
    private static boolean isApplied(ObjectKey key, Set<ObjectKey> left, Pass pass) {
        return !left.contains(key) && pass.cluster().isObserved(key);
    }

    /** The targets to which this pass writes nothing: a person holds them, or a stage met an internal error. */
    private static Set<Target> excluded(Pass pass) {
        return Stream.concat(
                        pass.faults().targets().stream(),
                        pass.plan().skipped().stream()
                                .filter(skipped -> EXCLUDED.contains(skipped.code()))
                                .map(Skipped::target))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The objects of these targets: of their own name, and the workloads that they scale. */
    private static Set<ObjectKey> of(Set<Target> excluded, SourceDefinitions source, Pass pass) {
        if (excluded.isEmpty()) {
            return Set.of();
        }
        Set<Target> named = new HashSet<>(excluded);
        source.autoscalers()
                .filter(scaler -> excluded.contains(scaler.target()))
                .forEach(scaler -> named.add(new Target(scaler.target().namespace(), scaler.targetName())));
        excluded.forEach(target -> Optional.ofNullable(
                        pass.observation().targets().get(target))
                .flatMap(TargetObservation::workload)
                .ifPresent(workload ->
                        named.add(new Target(target.namespace(), workload.meta().name()))));
        return source.manifests().stream()
                .map(Manifest::key)
                .filter(key -> named.contains(new Target(key.namespace(), key.name())))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<ObjectKey> objectOf(Action action) {
        if (action instanceof Action.ApplyManifest apply) {
            return Optional.of(apply.key());
        }
        return action instanceof Action.HandOverReplicas handOver ? Optional.of(handOver.key()) : Optional.empty();
    }
}
