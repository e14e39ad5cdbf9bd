package io.tidewatch.cluster.watch;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.tidewatch.cluster.ResourceKind;
import io.tidewatch.cluster.heartbeat.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lists the objects of one kind in one namespace, and watches them from there.
 *
 * <p>A watch that ends is opened again where it was, with pauses that grow while that fails; after 410 the objects are listed
 * again. A watch that receives nothing for two minutes is opened again too, because an open watch may be deaf. fabric8's informers
 * pass on neither bookmarks nor that a watch was cut.
 *
 * <p>Requests run on {@link WatchContext#workers}, one at a time for each watch; no other method waits. {@link WatchProgress} has
 * what is known, {@link OpeningTrouble} why the watch is not open, {@link ReopenBackoff} the pauses. This class has their order
 * and their lock.
 */
final class NamespaceWatch<V> implements WatchAttempt.Owner {

    /** A watch that ended sooner did not last: the pauses go on growing. */
    private static final Duration LASTING = Duration.ofSeconds(10);

    private static final int GONE = 410;

    private final ResourceKind kind;
    private final String namespace;
    private final WatchRequests requests;
    private final KindCache<V> cache;
    private final WatchContext context;

    /** Held while events or a list enter the cache, so that no event of an earlier watch comes after a list. */
    private final Object cacheLock = new Object();

    /** Another attempt, and the watch of another attempt, are ignored. Changed with both locks held, read with either. */
    private @Nullable WatchAttempt current;

    private final WatchProgress progress;
    private final OpeningTrouble trouble;
    private final ReopenBackoff backoff = new ReopenBackoff();
    private boolean stopped;
    private boolean connecting;

    /** Whether the watch ended before it was known to be open. */
    private boolean cutWhileOpening;

    private @Nullable Future<?> nextAttempt;
    private Optional<Watch> open = Optional.empty();

    NamespaceWatch(
            ResourceKind kind, String namespace, WatchRequests requests, KindCache<V> cache, WatchContext context) {
        this.kind = kind;
        this.namespace = namespace;
        this.requests = requests;
        this.cache = cache;
        this.context = context;
        this.progress = new WatchProgress(context.times().catchingUp(), context.now());
        this.trouble = new OpeningTrouble(context.times().closed());
    }

    List<V> all() {
        return cache.all();
    }

    synchronized void start() {
        schedule(Duration.ZERO);
    }

    /** Closes the watch; nothing is reported any more. */
    void stop() {
        synchronized (cacheLock) {
            synchronized (this) {
                stopped = true;
                if (nextAttempt != null) {
                    nextAttempt.cancel(false);
                }
                closeCurrent();
            }
        }
    }

    /** Whether all objects have been listed, and the list has not been lost since. */
    synchronized boolean isListed() {
        return progress.isListed();
    }

    synchronized boolean isOpen() {
        return open.isPresent();
    }

    /** Whether the watch could not be opened for a while: a permission or a CRD was removed, or watches are not served. */
    synchronized boolean isClosed() {
        catchUp();
        return trouble.isLasting(context.now());
    }

    /** Whether all objects are listed, and the watch is open or has not been closed for long. */
    synchronized boolean isKnown() {
        return !isClosed() && progress.isListed();
    }

    /** Whether the permission has been missing for longer than the start of an API server takes. */
    synchronized boolean isForbidden() {
        return trouble.isForbidden(context.now());
    }

    /** Whether the API server has rejected the watch for a while. */
    synchronized boolean isRefused() {
        return trouble.isRefused(context.now());
    }

    /** The instant until which everything that happened is known. */
    synchronized Instant observedUntil() {
        catchUp();
        return progress.observedUntil();
    }

    /** When the API server last sent something about the kind, as of {@link WatchProgress#lastHeard}. */
    synchronized Optional<Instant> lastHeard() {
        return progress.lastHeard();
    }

    /** @param nanos on the monotonic clock */
    synchronized boolean isObservedSince(long nanos) {
        catchUp();
        return progress.isObservedSince(nanos);
    }

    /** Called with the lock held. */
    private void catchUp() {
        if (progress.catchUp(context.now())) {
            trouble.opened();
        }
    }

    /**
     * Makes sure that everything that happened until then will be known: a watch without a sign of life since then is opened again
     * where it was, and receives what it missed.
     */
    synchronized void observeUntil(Instant needed) {
        catchUp();
        boolean isOnItsWay = connecting || progress.isCatchingUp() || open.isEmpty();
        if (!stopped
                && progress.isListed()
                && !isOnItsWay
                && progress.observedUntil().isBefore(needed)) {
            schedule(Duration.ZERO);
        }
    }

    /** The API server answers again after an outage: the watch is opened again without the pause. */
    synchronized void resume() {
        progress.sign(context.now());
        backoff.reset();
        if (!stopped && !connecting) {
            schedule(Duration.ZERO);
        }
    }

    /**
     * Reports a watch that stays closed, and lists a kind again whose watch brought nothing for too long.
     *
     * @param server only while the API server answers does a watch that fails prove anything about this kind
     */
    void tick(Heartbeat.State server) {
        boolean answers = server == Heartbeat.State.ANSWERS;
        toReport(server).ifPresent(error -> {
            context.errors().watchIsClosed(kind, namespace, error);
            context.changed().run();
        });
        if (answers && isDeaf()) {
            context.errors().watchIsDeaf(kind.kind(), namespace, context.times().silent());
            context.changed().run();
        }
    }

    private synchronized Optional<RuntimeException> toReport(Heartbeat.State server) {
        Moment now = context.now();
        trouble.server(server, now);
        catchUp();
        return stopped ? Optional.empty() : trouble.toReport(server == Heartbeat.State.ANSWERS, now);
    }

    /** Opens a watch again that brought nothing for too long. Returns whether it is deaf: it brought bookmarks before, so its kind must be listed again. */
    private synchronized boolean isDeaf() {
        Moment now = context.now();
        if (stopped || !progress.isSilent(context.times().silent(), now)) {
            return false;
        }
        progress.sign(now);
        if (!connecting) {
            schedule(Duration.ZERO);
        }
        return progress.lostIfDeaf();
    }

    /** Not before the end of the wait that the API server asked for. Called with the lock held. */
    private void schedule(Duration atLeast) {
        Duration throttled = context.throttling().pause(kind, namespace);
        Duration pause = atLeast.compareTo(throttled) >= 0 ? atLeast : throttled;
        if (nextAttempt != null) {
            nextAttempt.cancel(false);
        }
        try {
            nextAttempt = context.workers().schedule(this::connect, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            stopped = true;
        }
    }

    private void connect() {
        begin().ifPresent(WatchAttempt::start);
    }

    private Optional<WatchAttempt> begin() {
        synchronized (cacheLock) {
            synchronized (this) {
                if (stopped || connecting) {
                    return Optional.empty();
                }
                connecting = true;
                cutWhileOpening = false;
                Moment now = context.now();
                if (trouble.isLasting(now)) {
                    progress.requireList(); // the kind is missing, and only a list makes all of it known immediately
                }
                trouble.closed(now);
                closeCurrent();
                progress.connecting();
                cache.beginList();
                WatchAttempt attempt = new WatchAttempt(requests, context, this);
                current = attempt;
                return Optional.of(attempt);
            }
        }
    }

    /** Called with both locks held: what the watch still receives is ignored from now on. */
    private void closeCurrent() {
        current = null;
        open.ifPresent(this::closeOnWorker);
        open = Optional.empty();
    }

    @Override
    public synchronized boolean isListDue() {
        return progress.isListDue();
    }

    @Override
    public synchronized String resourceVersion() {
        return progress.resourceVersion();
    }

    @Override
    public void listing(WatchAttempt attempt, List<GenericKubernetesResource> page) {
        synchronized (cacheLock) {
            if (attempt == current) {
                cache.list(page);
            }
        }
    }

    @Override
    public void listed(WatchAttempt attempt, String resourceVersion, Moment requestedAt) {
        synchronized (cacheLock) {
            if (attempt != current) {
                return;
            }
            cache.endList();
        }
        synchronized (this) {
            progress.listed(resourceVersion, requestedAt);
        }
        context.changed().run();
    }

    @Override
    public void opened(WatchAttempt attempt, Watch watch, Moment requestedAt) {
        synchronized (this) {
            if (attempt != current) {
                closeOnWorker(watch);
                return;
            }
            connecting = false;
            if (cutWhileOpening) {
                scheduleNextAttempt();
                return;
            }
            open = Optional.of(watch);
            progress.opened(requestedAt);
            if (WatchRequests.isAccepted(watch)) {
                progress.heard(requestedAt);
                trouble.opened();
            }
            if (progress.isListDue()) {
                schedule(Duration.ZERO);
            }
        }
        context.changed().run();
    }

    @Override
    public void failed(WatchAttempt attempt, RuntimeException error) {
        boolean isGone = WatchErrors.code(error) == GONE;
        boolean isReported;
        synchronized (cacheLock) {
            synchronized (this) {
                if (attempt != current || !connecting) {
                    return;
                }
                current = null;
                connecting = false;
                if (isGone) {
                    progress.requireList();
                }
                trouble.failed(error, isThrottled(error), context.now());
                isReported = progress.isListDue() && !isGone && !trouble.isThrottledForNow();
                scheduleNextAttempt();
            }
        }
        if (isReported) {
            context.errors().requestFailed(kind, namespace, error);
        }
    }

    private boolean isThrottled(RuntimeException error) {
        int code = WatchErrors.code(error);
        boolean hasRetryAfter = !context.throttling().pause(kind, namespace).isZero();
        return code == Throttling.TOO_MANY_REQUESTS || (code == Throttling.UNAVAILABLE && hasRetryAfter);
    }

    /** Called with the lock held. */
    private void scheduleNextAttempt() {
        schedule(backoff.next(trouble.isServed()));
    }

    @Override
    public synchronized void ended(WatchAttempt attempt, boolean isGone) {
        if (attempt != current || stopped) {
            return;
        }
        if (isGone) {
            progress.requireList();
        }
        cutWhileOpening = true;
        if (open.isPresent()) {
            open = Optional.empty();
            progress.closed();
            Moment now = context.now();
            trouble.closed(now);
            if (progress.isOpenFor(LASTING, now)) {
                backoff.reset();
            }
            scheduleNextAttempt();
        }
    }

    @Override
    public void received(WatchAttempt attempt, Watcher.Action action, GenericKubernetesResource object) {
        synchronized (cacheLock) {
            if (attempt != current) {
                return;
            }
            switch (action) {
                case ADDED, MODIFIED -> cache.keep(object);
                case DELETED -> cache.drop(object);
                case BOOKMARK -> {}
                case ERROR -> {
                    return;
                }
            }
            reached(object.getMetadata().getResourceVersion(), action == Watcher.Action.BOOKMARK);
        }
    }

    private synchronized void reached(String resourceVersion, boolean isBookmark) {
        Moment now = context.now();
        progress.received(resourceVersion, isBookmark, now);
        catchUp();
        if (!connecting) {
            progress.observed(now);
        }
    }

    /** A network that drops everything would block the thread that closes the watch. */
    private void closeOnWorker(Watch watch) {
        try {
            context.workers().execute(watch::close);
        } catch (RejectedExecutionException closed) {
            watch.close();
        }
    }

    @Override
    public String toString() {
        return kind.plural() + " in " + namespace;
    }
}
