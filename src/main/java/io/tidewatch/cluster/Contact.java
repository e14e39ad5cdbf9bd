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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

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

    /** A watch tries again every half minute at least; one that does not any more has been given up. */
    private static final Duration GIVEN_UP = Duration.ofMinutes(2);

    /** What happened meanwhile comes within this once a watch is through. */
    private static final Duration CATCHING_UP = Duration.ofSeconds(2);

    private static final int SWITCHING = 101;
    private static final int GONE = 410;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERRORS = 500;
    private static final Pattern SELECTOR = Pattern.compile("(?:field|label)Selector=[^&]*");

    private final Clock clock;
    private final Duration hiccup;
    private final ConcurrentMap<Watched, Attempts> failing = new ConcurrentHashMap<>();
    private final Set<String> expected = ConcurrentHashMap.newKeySet();
    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean silent = new AtomicBoolean();
    private volatile Consumer<Throwable> lost = why -> {};
    private volatile Runnable found = () -> {};

    /** What a watch and the list before it ask for. */
    private record Watched(String path, List<String> selectors) {

        static Watched of(HttpRequest request) {
            String query = Objects.requireNonNullElse(request.uri().getRawQuery(), "");
            return new Watched(
                    request.uri().getPath(),
                    SELECTOR.matcher(query)
                            .results()
                            .map(MatchResult::group)
                            .sorted()
                            .toList());
        }

        boolean isOf(String collection) {
            return path.endsWith(collection);
        }
    }

    /**
     * @param since the first that failed
     * @param last the latest that failed
     * @param away whether nobody was there, rather than an answer about what was asked for
     * @param through when one was through again; absent: none was
     */
    private record Attempts(Instant since, Instant last, boolean away, Throwable why, Optional<Instant> through) {

        static Attempts failed(Instant now, boolean away, Throwable why) {
            return new Attempts(now, now, away, why, Optional.empty());
        }

        Attempts then(Attempts next) {
            boolean anew = through.isPresent() || last.plus(GIVEN_UP).isBefore(next.since());
            return anew ? next : new Attempts(since, next.last(), next.away(), next.why(), Optional.empty());
        }

        Attempts through(Instant now) {
            return new Attempts(since, last, away, why, through.or(() -> Optional.of(now)));
        }

        boolean isOver(Instant now) {
            return through.map(at -> !now.isBefore(at.plus(CATCHING_UP)))
                    .orElseGet(() -> last.plus(GIVEN_UP).isBefore(now));
        }

        boolean lasts(Instant now, Duration hiccup) {
            return through.isEmpty() && !now.isBefore(since.plus(hiccup));
        }
    }

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

    /** Whether what the caches hold may be old, for at least one watch has found nobody for a while. */
    boolean isLost() {
        settle();
        return silent.get();
    }

    /** Whether what is known of a kind in a namespace may be old, for it has been refused for a while. */
    boolean isRefused(String namespace, String plural) {
        Instant now = clock.instant();
        String collection = collection(namespace, plural);
        return failing.entrySet().stream()
                .filter(one -> one.getKey().isOf(collection))
                .map(Map.Entry::getValue)
                .anyMatch(one -> !one.away() && one.lasts(now, hiccup));
    }

    /**
     * Until when all that happened is known for certain; absent while every watch hears what happens. A watch that has just
     * come through hears of the meantime first. One that fails for longer than a hiccup is not waited for: what it hides is
     * said to be missing.
     */
    Optional<Instant> heardUntil() {
        Instant now = clock.instant();
        return failing.values().stream()
                .filter(one -> !one.isOver(now) && !one.lasts(now, hiccup))
                .map(Attempts::since)
                .min(Comparator.naturalOrder());
    }

    /** An informer lists and watches these from now on. */
    void expect(String namespace, String plural) {
        expected.add(collection(namespace, plural));
    }

    /** Its watch was ended by us: that it does not get through any more is no silence. */
    void forget(String namespace, String plural) {
        String collection = collection(namespace, plural);
        expected.remove(collection);
        failing.keySet().removeIf(one -> one.isOf(collection));
        watched.removeIf(one -> one.isOf(collection));
        settle();
    }

    private static String collection(String namespace, String plural) {
        return "/namespaces/" + namespace + "/" + plural;
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable why) {
        if (isWatch(request) || isExpectedList(request)) {
            failed(request, true, why);
        }
    }

    private void failed(HttpRequest request, boolean away, Throwable why) {
        failing.merge(Watched.of(request), Attempts.failed(clock.instant(), away, why), Attempts::then);
        settle();
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
        Watched asked = Watched.of(request);
        boolean isWatch = isWatch(request);
        if (!isWatch && !isExpectedList(request)) {
            return;
        }
        if (isWatch && isThrough(response.code())) {
            watched.add(asked);
        }
        boolean isFirstList = !isWatch && !watched.contains(asked);
        if (isThrough(response.code()) || isFirstList) {
            Instant now = clock.instant();
            failing.computeIfPresent(asked, (key, known) -> known.through(now));
            settle();
        } else {
            boolean away = response.code() >= SERVER_ERRORS || response.code() == TOO_MANY;
            failed(request, away, new IllegalStateException("it answers " + response.code()));
        }
    }

    /** After 410 the informer lists anew, and that is counted. */
    private static boolean isThrough(int code) {
        return code == SWITCHING || code / 100 == 2 || code == GONE;
    }

    private void settle() {
        Instant now = clock.instant();
        failing.values().removeIf(one -> one.isOver(now));
        Optional<Attempts> lasting = failing.values().stream()
                .filter(one -> one.away() && one.lasts(now, hiccup))
                .findFirst();
        boolean waits = failing.values().stream()
                .anyMatch(one -> one.away() && one.through().isEmpty());
        if (lasting.isPresent() && !silent.getAndSet(true)) {
            lost.accept(lasting.get().why());
        } else if (!waits && silent.getAndSet(false)) {
            found.run();
        }
    }

    private static boolean isWatch(HttpRequest request) {
        String query = request.uri().getQuery();
        return query != null && query.contains("watch=true");
    }

    private boolean isExpectedList(HttpRequest request) {
        return request.method().equals("GET")
                && expected.stream().anyMatch(request.uri().getPath()::endsWith);
    }
}
