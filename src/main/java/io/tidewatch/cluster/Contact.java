package io.tidewatch.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Whether the watches reach the API server. One that is cut connects again by itself and tells nobody, its informer
 * included; only the HTTP client learns of the attempts that fail. Plain requests are not counted: whoever sends one
 * learns what became of it.
 */
public final class Contact implements Interceptor {

    /** A server that restarts or a load balancer that moves on is back within this. */
    private static final Duration HICCUP = Duration.ofSeconds(10);

    /** A watch tries again every half minute at least; one that does not any more has been given up. */
    private static final Duration GIVEN_UP = Duration.ofMinutes(2);

    private final Clock clock;
    private final ConcurrentMap<String, Attempts> failing = new ConcurrentHashMap<>();
    private final AtomicBoolean silent = new AtomicBoolean();
    private volatile Consumer<Throwable> lost = why -> {};
    private volatile Runnable found = () -> {};

    private record Attempts(Instant since, Instant last) {}

    public Contact(Clock clock) {
        this.clock = clock;
    }

    /** Listens on a client that is being made. */
    public void on(HttpClient.Builder client) {
        client.addOrReplaceInterceptor("contact", this);
        client.tag(this);
    }

    /** The one that listens on a client; where none does, one that never loses contact. */
    static Contact of(KubernetesClient client, Clock clock) {
        Contact listening =
                client.getHttpClient() instanceof StandardHttpClient<?, ?, ?> http ? http.getTag(Contact.class) : null;
        return listening == null ? new Contact(clock) : listening;
    }

    /**
     * @param whenLost told why, once, when a watch has not got through for longer than a hiccup
     * @param whenFound called once all watches are through again
     */
    void listen(Consumer<Throwable> whenLost, Runnable whenFound) {
        lost = whenLost;
        found = whenFound;
    }

    /** Whether what the caches hold may be old, for at least one watch has not got through for a while. */
    boolean isLost() {
        return silent.get() && !attempts().isEmpty();
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable why) {
        if (!isWatch(request)) {
            return;
        }
        Instant now = clock.instant();
        failing.merge(
                request.uri().getPath(),
                new Attempts(now, now),
                (known, fresh) -> isGivenUp(known, now) ? fresh : new Attempts(known.since(), now));
        boolean lasts =
                attempts().stream().anyMatch(one -> !now.isBefore(one.since().plus(HICCUP)));
        if (lasts && !silent.getAndSet(true)) {
            lost.accept(why);
        }
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
        if (isWatch(request)) {
            failing.remove(request.uri().getPath());
            if (attempts().isEmpty() && silent.getAndSet(false)) {
                found.run();
            }
        }
    }

    private List<Attempts> attempts() {
        Instant now = clock.instant();
        failing.values().removeIf(one -> isGivenUp(one, now));
        return List.copyOf(failing.values());
    }

    private static boolean isGivenUp(Attempts attempts, Instant now) {
        return attempts.last().plus(GIVEN_UP).isBefore(now);
    }

    private static boolean isWatch(HttpRequest request) {
        String query = request.uri().getQuery();
        return query != null && query.contains("watch=true");
    }
}
