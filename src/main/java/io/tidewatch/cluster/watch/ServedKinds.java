package io.tidewatch.cluster.watch;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.cluster.Kinds;
import io.tidewatch.cluster.ResourceKind;
import io.tidewatch.cluster.ServedKind;
import io.tidewatch.model.cluster.TargetApi;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/**
 * The plural of a kind, without which no path reaches its objects. KEDA writes it into the status of a ScaledObject. Of the target of an
 * HPA without KEDA the API server is asked once, by a thread of the watches.
 */
final class ServedKinds {

    /** After a question that was not answered. */
    private static final Duration UNTIL_ASKED_AGAIN = Duration.ofMinutes(5);

    private final WatchContext context;
    private final Map<Served, Answer> asked = new ConcurrentHashMap<>();

    private record Served(String apiVersion, String kind) {}

    /**
     * @param plural absent where the kind is not served, or no answer has come yet
     * @param askAgainAt on the monotonic clock; absent once an answer has come
     */
    private record Answer(Optional<String> plural, Optional<Long> askAgainAt) {}

    ServedKinds(WatchContext context) {
        this.context = context;
    }

    /** Absent where nobody has said yet where the kind is served, or it is not served. */
    Optional<ResourceKind> of(String kind, TargetApi api) {
        if (api.apiVersion().isEmpty() || kind.isEmpty()) {
            return Optional.empty();
        }
        Served served = new Served(api.apiVersion(), kind);
        return api.plural()
                .or(() -> known(served))
                .or(() -> ask(served))
                .map(plural -> ServedKind.of(served.apiVersion(), served.kind(), plural));
    }

    private static Optional<String> known(Served served) {
        return Stream.of(Kinds.values())
                .filter(kind ->
                        kind.kind().equals(served.kind()) && kind.apiVersion().equals(served.apiVersion()))
                .map(Kinds::plural)
                .findFirst();
    }

    private Optional<String> ask(Served served) {
        long now = context.nanoTime().getAsLong();
        Answer before = asked.get(served);
        boolean isDue = before == null
                || before.askAgainAt().filter(at -> at - now <= 0).isPresent();
        if (isDue) {
            asked.put(served, new Answer(Optional.empty(), Optional.of(now + UNTIL_ASKED_AGAIN.toNanos())));
            try {
                context.workers().execute(() -> discover(served));
            } catch (RejectedExecutionException closed) {
                return Optional.empty();
            }
        }
        return before == null ? Optional.empty() : before.plural();
    }

    /** A question that is not answered is asked again later; what is scaled is followed by its HPA until then. */
    private void discover(Served served) {
        try {
            Optional<String> plural =
                    Optional.ofNullable(context.client().getApiResources(served.apiVersion())).stream()
                            .flatMap(list -> list.getResources().stream())
                            .filter(resource -> served.kind().equals(resource.getKind()))
                            .map(APIResource::getName)
                            .filter(name -> !name.contains("/"))
                            .findFirst();
            asked.put(served, new Answer(plural, Optional.empty()));
            context.changed().run();
        } catch (KubernetesClientException unanswered) {
            context.errors().discoveryFailed(served.kind(), served.apiVersion(), unanswered);
        }
    }
}
