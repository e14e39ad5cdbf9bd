package io.tidewatch.observe;

import static io.tidewatch.observe.Fields.count;
import static io.tidewatch.observe.Fields.countOrZero;
import static io.tidewatch.observe.Fields.flag;
import static io.tidewatch.observe.Fields.instant;
import static io.tidewatch.observe.Fields.list;
import static io.tidewatch.observe.Fields.map;
import static io.tidewatch.observe.Fields.text;

import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.PodView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a pod: where it stands between scheduled and ready, and what its containers wait for. */
final class PodReader {

    private static final Set<String> CONDITIONS =
            Set.of("Ready", "PodScheduled", "Initialized", "ContainersReady", "DisruptionTarget");

    private static final Shared<List<PodView.Container>> CONTAINERS = new Shared<>(4_096);

    private PodReader() {}

    static PodView read(Map<String, Object> object, ObjectMeta meta) {
        Map<String, Object> status = map(object, "status");
        List<PodView.Container> containers = new ArrayList<>();
        Map<String, Condition> conditions = ConditionReader.read(object, CONDITIONS::contains);
        Optional<Instant> unreadySince = Optional.ofNullable(conditions.get("Ready"))
                .filter(Condition::isFalse)
                .flatMap(Condition::lastTransition);
        list(status, "initContainerStatuses")
                .forEach(entry -> containers.add(container(map(entry), true, unreadySince)));
        list(status, "containerStatuses").forEach(entry -> containers.add(container(map(entry), false, unreadySince)));
        return new PodView(
                meta,
                text(status, "phase"),
                text(status, "reason"),
                text(map(object, "spec"), "nodeName"),
                instant(status, "startTime"),
                conditions,
                CONTAINERS.of(List.copyOf(containers)));
    }

    private static PodView.Container container(
            Map<String, Object> status, boolean init, Optional<Instant> unreadySince) {
        Map<String, Object> waiting = map(status, "state", "waiting");
        Map<String, Object> terminated = map(status, "state", "terminated");
        if (terminated.isEmpty()) {
            terminated = map(status, "lastState", "terminated");
        }
        return new PodView.Container(
                text(status, "name"),
                text(status, "image"),
                init,
                flag(status, "ready"),
                countOrZero(status, "restartCount"),
                text(waiting, "reason"),
                ConditionReader.brief(text(waiting, "message")),
                text(terminated, "reason"),
                count(terminated, "exitCode").orElse(0),
                instant(map(status, "state", "running"), "startedAt")
                        .filter(started ->
                                unreadySince.filter(started::isBefore).isPresent())
                        .isPresent());
    }
}
