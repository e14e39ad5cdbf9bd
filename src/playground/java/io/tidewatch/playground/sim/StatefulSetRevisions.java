package io.tidewatch.playground.sim;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The ControllerRevisions of a StatefulSet: one for each template that it has had. */
final class StatefulSetRevisions {
    private static final Comparator<Live> OLDEST_FIRST = Comparator.comparingInt(StatefulSetRevisions::number);

    private StatefulSetRevisions() {}

    private static int number(Live revision) {
        return revision.integer("revision");
    }

    private static int next(StatefulSetState state) {
        return state.revisions().stream()
                        .mapToInt(StatefulSetRevisions::number)
                        .max()
                        .orElse(0)
                + 1;
    }

    /** Creates the one of the template as it is now; after a way back the known one becomes the newest. */
    static List<Write> bringUpToDate(StatefulSetState state) {
        Optional<Live> known = state.revision(state.updateRevision());
        if (known.isEmpty()) {
            return List.of(new Write.Create(
                    Kind.CONTROLLER_REVISION, state.set().live().key().namespace(), created(state)));
        }
        return number(known.get()) == next(state) - 1
                ? List.of()
                : List.of(
                        new Write.Patch(Kind.CONTROLLER_REVISION, known.get().key(), Map.of("revision", next(state))));
    }

    private static Map<String, Object> created(StatefulSetState state) {
        Live owner = state.set().live();
        return Map.of(
                "apiVersion", Kind.CONTROLLER_REVISION.apiVersion(),
                "kind", Kind.CONTROLLER_REVISION.kindName(),
                "metadata",
                        Map.of(
                                "name",
                                state.updateRevision(),
                                "namespace",
                                owner.key().namespace(),
                                "labels",
                                owner.map("spec", "selector", "matchLabels"),
                                "ownerReferences",
                                List.of(ReplicaSetTemplate.owner(Kind.STATEFUL_SET, owner))),
                "revision", next(state),
                "data", Map.of("spec", Map.of("template", state.set().template())));
    }

    /** Those that no pod has and the status does not name go, beyond the limit, the oldest first. */
    static List<Write> forget(StatefulSetState state) {
        Set<String> used = new HashSet<>(List.of(state.currentRevision(), state.updateRevision()));
        state.pods().forEach(pod -> used.add(pod.revision()));
        List<Live> unused = state.revisions().stream()
                .filter(one -> !used.contains(one.name()))
                .sorted(OLDEST_FIRST)
                .toList();
        return unused.stream()
                .limit(Math.max(0, unused.size() - state.set().revisionHistoryLimit()))
                .<Write>map(one -> new Write.Delete(Kind.CONTROLLER_REVISION, one.key()))
                .toList();
    }
}
