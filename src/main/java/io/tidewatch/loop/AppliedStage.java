package io.tidewatch.loop;

import io.tidewatch.git.GitSource;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.report.Pass;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/** Remembers a commit once a pass found nothing of it left to apply; its source's mirror keeps that across restarts. */
public final class AppliedStage {

    private final Map<String, GitSource> sources;
    private final ConcurrentMap<String, String> remembered = new ConcurrentHashMap<>();

    public AppliedStage(Map<String, GitSource> sources) {
        this.sources = Map.copyOf(sources);
    }

    public void remember(Pass pass) {
        Set<ObjectKey> left = pass.plan().actions().stream()
                .flatMap(action -> objectOf(action).stream())
                .collect(Collectors.toSet());
        for (SourceDefinitions source : pass.definitions().sources()) {
            boolean done = source.manifests().stream()
                    .map(Manifest::key)
                    .noneMatch(key -> left.contains(key)
                            || pass.cluster().missing(key.namespace()).contains(key.kind()));
            GitSource mirror = sources.get(source.source());
            if (done && mirror != null && !source.commit().id().equals(remembered.get(source.source()))) {
                mirror.applied(source.commit());
                remembered.put(source.source(), source.commit().id());
            }
        }
    }

    private static Optional<ObjectKey> objectOf(Action action) {
        if (action instanceof Action.ApplyManifest apply) {
            return Optional.of(apply.key());
        }
        return action instanceof Action.HandOverReplicas handOver ? Optional.of(handOver.key()) : Optional.empty();
    }
}
