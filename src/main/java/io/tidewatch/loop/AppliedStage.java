package io.tidewatch.loop;

import io.tidewatch.model.Commit;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.model.report.Pass;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/** Remembers a commit once a pass has found nothing of it left to apply, and nothing of it is held back. */
public final class AppliedStage {

    private final AppliedCommits commits;
    private final ConcurrentMap<String, String> remembered = new ConcurrentHashMap<>();

    /** Keeps across restarts, in the mirror of the source, which commit was applied last. */
    @FunctionalInterface
    public interface AppliedCommits {

        void remember(Commit commit);
    }

    public AppliedStage(AppliedCommits commits) {
        this.commits = commits;
    }

    public Pass remember(Pass pass) {
        Set<ObjectKey> left = pass.plan().actions().stream()
                .flatMap(action -> objectOf(action).stream())
                .collect(Collectors.toCollection(HashSet::new));
        pass.plan().skipped().stream()
                .flatMap(skipped -> skipped.frozen().stream())
                .map(Skipped.Frozen::object)
                .forEach(left::add);
        for (SourceDefinitions source : pass.definitions().sources()) {
            boolean done = source.manifests().stream()
                    .map(Manifest::key)
                    .noneMatch(key -> left.contains(key)
                            || pass.cluster().missing(key.namespace()).contains(key.kind()));
            if (done && !source.commit().id().equals(remembered.get(source.source()))) {
                commits.remember(source.commit());
                remembered.put(source.source(), source.commit().id());
            }
        }
        return pass;
    }

    private static Optional<ObjectKey> objectOf(Action action) {
        if (action instanceof Action.ApplyManifest apply) {
            return Optional.of(apply.key());
        }
        return action instanceof Action.HandOverReplicas handOver ? Optional.of(handOver.key()) : Optional.empty();
    }
}
