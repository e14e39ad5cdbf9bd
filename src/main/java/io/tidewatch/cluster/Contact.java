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
 * included; only the HTTP client learns of the attempts that fail, and those that are answered with an error fail too. Plain
 * requests are not counted: whoever sends one learns what became of it.
 */
public final class Contact implements Interceptor {

    /** A server that restarts or a load balancer that moves on is back within this. */
    private static final Duration HICCUP = Duration.ofSeconds(10);

    /** A watch tries again every half minute at least; one that does not any more has been given up. */
    private static final Duration GIVEN_UP = Duration.ofMinutes(2);

    private static final int SWITCHING = 101;
    private static final int GONE = 410;

    private final Clock clock;
    private final Duration hiccup;
    private final ConcurrentMap<String, Attempts> failing = new ConcurrentHashMap<>();
    private final AtomicBoolean silent = new AtomicBoolean();
    private volatile Consumer<Throwable> lost = why -> {};
    private volatile Runnable found = () -> {};

    private record Attempts(Instant since, Instant last) {}

    public Contact(Clock clock) {
        this(clock, HICCUP);
    }

    Contact(Clock clock, Duration hiccup) {
        this.clock = clock;
        this.hiccup = hiccup;
    }

    Clock clock() {
        return clock;
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
        settle();
        return silent.get();
    }

    /** Its watch was ended by us: that it does not get through any more is no silence. */
    void forget(String namespace, String plural) {
        failing.keySet().removeIf(path -> path.endsWith("/namespaces/" + namespace + "/" + plural));
        settle();
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable why) {
        if (isWatch(request)) {
            failed(request, why);
        }
    }

    private void failed(HttpRequest request, Throwable why) {
        Instant now = clock.instant();
        failing.merge(
                request.uri().getPath(),
                new Attempts(now, now),
                (known, fresh) -> isGivenUp(known, now) ? fresh : new Attempts(known.since(), now));
        boolean lasts = failing.values().stream()
                .anyMatch(one -> !now.isBefore(one.since().plus(hiccup)));
        if (lasts && !silent.getAndSet(true)) {
            lost.accept(why);
        }
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
        if (!isWatch(request)) {
            return;
        }
        if (isThrough(response.code())) {
            failing.remove(request.uri().getPath());
            settle();
        } else {
            failed(request, new IllegalStateException("it answers " + response.code()));
        }
    }

    /** After 410 the informer lists anew, and learns what becomes of that. */
    private static boolean isThrough(int code) {
        return code == SWITCHING || code / 100 == 2 || code == GONE;
    }

    private void settle() {
        Instant now = clock.instant();
        failing.values().removeIf(one -> isGivenUp(one, now));
        if (failing.isEmpty() && silent.getAndSet(false)) {
            found.run();
        }
    }

    private static boolean isGivenUp(Attempts attempts, Instant now) {
        return attempts.last().plus(GIVEN_UP).isBefore(now);
    }

    private static boolean isWatch(HttpRequest request) {
        String query = request.uri().getQuery();
        return query != null && query.contains("watch=true");
    }
}
