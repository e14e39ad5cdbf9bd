package io.tidewatch.cluster.watch;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.tidewatch.cluster.ResourceKind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long the API server asked to wait before the next request for a kind in a namespace: the {@code Retry-After} of an answer 429
 * or 503. fabric8's exceptions do not carry the header, so it is read from each failed answer.
 *
 * <p>A {@code Retry-After} that is a date, not a number of seconds, is ignored.
 */
final class Throttling implements Interceptor {

    /** The longest wait, whatever the header says. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    static final int TOO_MANY_REQUESTS = 429;
    static final int UNAVAILABLE = 503;

    private static final String RETRY_AFTER = "Retry-After";
    private static final Pattern SECONDS = Pattern.compile("\\d{1,18}");
    private static final Pattern OF_A_NAMESPACE = Pattern.compile(".*/namespaces/([^/]{1,253})/([^/]{1,253})");

    private final LongSupplier nanoTime;

    /** By namespace and plural, the end of the wait on the monotonic clock. Expired waits are removed when a wait is added. */
    private final ConcurrentMap<String, Long> ends = new ConcurrentHashMap<>();

    /** @param nanoTime the monotonic clock */
    Throttling(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Called for the failed answers to lists, to watches over web sockets and to watches over plain HTTP. */
    @Override
    public CompletableFuture<Boolean> afterFailure(BasicBuilder builder, HttpResponse<?> response, RequestTags tags) {
        record(response.request().uri().getPath(), response.code(), response.header(RETRY_AFTER));
        return CompletableFuture.completedFuture(false);
    }

    /**
     * @param path of the request
     * @param code the HTTP status of the answer
     * @param retryAfter the header; null without it
     */
    void record(String path, int code, @Nullable String retryAfter) {
        Matcher namespaced = OF_A_NAMESPACE.matcher(path);
        boolean isThrottled = code == TOO_MANY_REQUESTS || code == UNAVAILABLE;
        if (isThrottled && retryAfter != null && SECONDS.matcher(retryAfter).matches() && namespaced.matches()) {
            long now = nanoTime.getAsLong();
            long seconds = Math.min(Long.parseLong(retryAfter), LONGEST.toSeconds());
            ends.values().removeIf(end -> end - now <= 0);
            ends.put(
                    key(namespaced.group(1), namespaced.group(2)),
                    now + Duration.ofSeconds(seconds).toNanos());
        }
    }

    /** What is left of the wait before the next request for the kind; zero where it has ended, or was not asked for. */
    Duration pause(ResourceKind kind, String namespace) {
        return Optional.ofNullable(ends.get(key(namespace, kind.plural())))
                .map(end -> Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong())))
                .orElse(Duration.ZERO);
    }

    private static String key(String namespace, String plural) {
        return namespace + "/" + plural;
    }
}
