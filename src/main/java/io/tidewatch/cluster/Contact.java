package io.tidewatch.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import io.tidewatch.cluster.Unheard.Failure;
import io.tidewatch.cluster.Watched.Collection;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the watches reach the API server. One that is cut connects again by itself and tells nobody, its informer
 * included; only the HTTP client learns of the attempts that fail, and those that are answered with an error fail too. Of
 * what informers list, the attempts that find nobody count as well, for a watch that is open hears nothing of a network
 * that swallows everything; and after 410 those that are answered with an error. Other plain requests are not counted:
 * whoever sends one learns what became of it.
 *
 * <p>Nobody there, too many requests and errors of the server's own are silence of the API server. Every other error is
 * about what was asked for, and hides that alone: a right that was taken away, a CRD that was removed.
 */
public final class Contact implements Interceptor {

    /** A server that restarts or a load balancer that moves on is back within this. */
    private static final Duration HICCUP = Duration.ofSeconds(10);

    private static final int SWITCHING = 101;
    private static final int GONE = 410;

    private final Clock clock;
    private final Unheard unheard;
    private final Set<Collection> expected = new HashSet<>();
    private final Set<Watched> watched = new HashSet<>();
    private Set<Collection> refused = Set.of();
    private boolean silent;
    private Listener listener = new Listener() {};

    /** Is told what becomes old, and what is heard of again. */
    interface Listener {

        /** A watch has met silence for longer than a hiccup; told once until all are through again. */
        default void unanswered(Throwable why) {}

        /** What is watched has been refused for longer than a hiccup; told once until it is through again. */
        default void refused(Collection what, int code) {}

        /** What can be seen is not what it was. */
        default void changed() {}
    }

    public Contact(Clock clock) {
        this(clock, HICCUP);
    }

    Contact(Clock clock, Duration hiccup) {
        this.clock = clock;
        this.unheard = new Unheard(hiccup);
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

    synchronized void listen(Listener told) {
        listener = told;
    }

    /** Whether what the caches hold may be old, for at least one watch has found nobody for a while. */
    synchronized boolean isLost() {
        settle();
        return silent;
    }

    /** Whether what is known of these may be old, for they had been refused for a while when contact was last looked at. */
    synchronized boolean isRefused(Collection what) {
        return refused.contains(what);
    }

    synchronized boolean isEveryWatchThrough() {
        return unheard.isEveryWatchThrough();
    }

    /** Until when all that happened is known for certain; absent while every watch hears what happens. */
    synchronized Optional<Instant> heardUntil() {
        return unheard.heardUntil(clock.instant());
    }

    /** An informer lists and watches these from now on. */
    synchronized void expect(Collection what) {
        expected.add(what);
    }

    /** Its watch was ended by us: that it does not get through any more is no silence. */
    synchronized void forget(Collection what) {
        expected.remove(what);
        watched.removeIf(watch -> watch.isOf(what));
        unheard.forget(what);
        settle();
    }

    @Override
    public synchronized void afterConnectionFailure(HttpRequest request, Throwable why) {
        if (isExpected(request)) {
            unheard.failed(Watched.of(request), new Failure(0, why), clock.instant());
            settle();
        }
    }

    @Override
    public synchronized void after(
            HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
        if (!isExpected(request)) {
            return;
        }
        boolean isWatch = isWatch(request);
        int code = response.code();
        Watched asked = Watched.of(request);
        if (isWatch && isThrough(code)) {
            watched.add(asked);
        }
        boolean isFirstList = !isWatch && !watched.contains(asked);
        if (isThrough(code) || isFirstList) {
            unheard.through(asked, clock.instant());
        } else {
            Failure failure = new Failure(code, new IllegalStateException("it answers " + code));
            unheard.failed(asked, failure, clock.instant());
        }
        settle();
    }

    /** After 410 the informer lists anew, and that is counted. */
    private static boolean isThrough(int code) {
        return code == SWITCHING || code / 100 == 2 || code == GONE;
    }

    private void settle() {
        Instant now = clock.instant();
        unheard.forgetWhatIsOver(now);
        boolean silenceChanged = settleSilence(now);
        boolean refusalsChanged = settleRefusals(now);
        if (silenceChanged || refusalsChanged) {
            listener.changed();
        }
    }

    private boolean settleSilence(Instant now) {
        Optional<Throwable> why = unheard.silence(now);
        boolean isSilent = why.isPresent() || (silent && unheard.waitsForTheServer(now));
        boolean changed = isSilent != silent;
        silent = isSilent;
        if (changed && isSilent) {
            listener.unanswered(why.orElseThrow());
        }
        return changed;
    }

    private boolean settleRefusals(Instant now) {
        Set<Collection> before = refused;
        Map<Collection, Integer> codes = new HashMap<>();
        unheard.refused(now)
                .forEach(one -> expected.stream()
                        .filter(what -> one.getKey().isOf(what))
                        .forEach(what -> codes.put(what, one.getValue())));
        refused = Set.copyOf(codes.keySet());
        codes.forEach((what, code) -> {
            if (!before.contains(what)) {
                listener.refused(what, code);
            }
        });
        return !before.equals(refused);
    }

    private static boolean isWatch(HttpRequest request) {
        String query = request.uri().getQuery();
        return query != null && query.contains("watch=true");
    }

    /** An attempt that ends after we have ended its watch is of our own making. */
    private boolean isExpected(HttpRequest request) {
        return request.method().equals("GET") && expected.stream().anyMatch(Watched.of(request)::isOf);
    }
}
