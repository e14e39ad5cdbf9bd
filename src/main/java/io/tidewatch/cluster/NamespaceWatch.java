package io.tidewatch.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.internal.AbstractWatchManager;
import io.fabric8.kubernetes.client.informers.impl.ListerWatcher;
import io.tidewatch.cluster.KindWatch.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lists the objects of one kind in one namespace, watches them from there, and remembers when it last heard of them: by an
 * event, a bookmark or a list.
 *
 * <p>A watch that ends is opened again where it was, ever less often while that fails; after 410 the objects are listed
 * anew. What is not heard of for two minutes is listed anew too, and not known until it has been: an open watch may be deaf.
 * fabric8's informers do the same but for the last, and pass on neither bookmarks nor that a watch was cut.
 *
 * <p>Requests run on the threads of {@link Surroundings#workers}, one at a time for each watch; all else is quick. Age is
 * counted by a clock that never leaps; what is compared with the times of a target is an instant of the pass's clock.
 */
final class NamespaceWatch<V> {

    private static final List<Duration> PAUSES = List.of(
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(16),
            Duration.ofSeconds(30));

    /** While the API server answers, and does not refuse this kind, nobody waits longer: its targets are unknown meanwhile. */
    private static final Duration BRIEF = Duration.ofSeconds(4);

    /** A watch that ended sooner did not last, and the next attempt waits longer. */
    private static final Duration LASTING = Duration.ofSeconds(10);

    /** After so long, a right that is missing is not that of an API server that has just started. */
    private static final Duration FOR_GOOD = Duration.ofMinutes(1);

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final Kinds kind;
    private final String namespace;
    private final FilterWatchListDeletable<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            objects;
    private final ListerWatcher<GenericKubernetesResource, GenericKubernetesResourceList> watches;
    private final KindCache<V> cache;
    private final Surroundings around;

    /** Held while events or a list are taken into the cache, so that none of an earlier watch comes after a list. */
    private final Object taking = new Object();

    /** Which watch counts; what an earlier one still brings does not. Changed with both locks held, read with either. */
    private long life;

    private boolean ended;
    private boolean reachable = true;

    /** Since when the API server answers, whatever single requests came to; empty before its first answer and in an outage. */
    private Optional<Heard> answersSince = Optional.empty();

    private boolean listed;
    private boolean mustList = true;
    private String version = "";
    private boolean connecting;
    private int failures;
    private @Nullable Future<?> next;
    private Optional<Watch> open = Optional.empty();
    private boolean cut;
    private Heard opened;
    private boolean catchesUp;

    /** Whether this watch has brought a bookmark; from then on it brings one a minute. */
    private boolean bookmarked;

    private Heard heard;
    private long lastSign;
    private Optional<Heard> shutSince = Optional.empty();
    private Optional<RuntimeException> trouble = Optional.empty();
    private Optional<Refusal> refusal = Optional.empty();
    private boolean troubleTold;

    /** @param nanos of the clock that never leaps */
    private record Heard(long nanos, Instant at) {

        boolean isOlder(Duration age, Heard now) {
            return now.nanos() - nanos >= age.toNanos();
        }

        /** By one of the two clocks: the one that can be set may have been set back, and may run faster in the playground. */
        boolean isOlderByEither(Duration age, Heard now) {
            return isOlder(age, now) || !now.at().isBefore(at.plus(age));
        }
    }

    private record Refusal(int code, Heard since) {}

    /**
     * @param objects as the client makes them, which can open a watch without waiting for it
     */
    @SuppressWarnings("unchecked") // what fabric8's own informers are given, with the types of its objects
    NamespaceWatch(
            Kinds kind,
            String namespace,
            FilterWatchListDeletable<
                            GenericKubernetesResource,
                            GenericKubernetesResourceList,
                            Resource<GenericKubernetesResource>>
                    objects,
            KindCache<V> cache,
            Surroundings around) {
        this.kind = kind;
        this.namespace = namespace;
        this.objects = objects;
        this.watches = (ListerWatcher<GenericKubernetesResource, GenericKubernetesResourceList>) objects;
        this.cache = cache;
        this.around = around;
        this.heard = now();
        this.opened = heard;
        this.lastSign = heard.nanos();
    }

    private Heard now() {
        return new Heard(around.nanoTime().getAsLong(), around.clock().instant());
    }

    List<V> all() {
        return cache.all();
    }

    synchronized void start() {
        schedule(Duration.ZERO);
    }

    /** Nothing is told of it any more. */
    void end() {
        synchronized (taking) {
            synchronized (this) {
                ended = true;
                life++;
                if (next != null) {
                    next.cancel(false);
                }
                open.ifPresent(this::closeBeside);
                open = Optional.empty();
            }
        }
    }

    /** Whether all that there is has been listed, and not been lost sight of since. */
    synchronized boolean isThere() {
        return listed;
    }

    synchronized boolean isOpen() {
        return open.isPresent();
    }

    /** Whether it could not be opened for a while: a right was taken away, a CRD removed, or watches are not served. */
    synchronized boolean isShut() {
        settle();
        return isLong(shutSince);
    }

    private boolean isLong(Optional<Heard> since) {
        return since.filter(at -> at.isOlder(around.times().shut(), now())).isPresent();
    }

    /** Whether the right to see this has been missing for longer than the start of an API server takes. */
    synchronized boolean isForbidden() {
        return refusal.filter(one -> one.code() == FORBIDDEN)
                .filter(one -> one.since().isOlderByEither(FOR_GOOD, now()))
                .isPresent();
    }

    /** Until when all that happened is known. */
    synchronized Instant heardUntil() {
        settle();
        return heard.at();
    }

    /** Whether something has been heard since then, by the clock that never leaps. */
    synchronized boolean isHeardSince(long nanos) {
        settle();
        return heard.nanos() - nanos >= 0;
    }

    /** What happened before the watch was opened has come by now. */
    private void settle() {
        boolean caughtUp = catchesUp
                && open.isPresent()
                && opened.isOlderByEither(around.times().catchingUp(), now());
        if (caughtUp) {
            catchesUp = false;
            accepted();
            heard = opened.nanos() - heard.nanos() > 0 ? opened : heard;
        }
    }

    /**
     * Makes sure that what happened until then will be known: a watch that has not heard of it by itself is opened anew where
     * it was, which brings what it missed.
     */
    synchronized void makeSure(Instant needed) {
        settle();
        boolean waits = connecting || catchesUp || open.isEmpty();
        if (!ended && listed && !waits && heard.at().isBefore(needed)) {
            schedule(Duration.ZERO);
        }
    }

    /** The API server answers again: what is missed is asked for at once, whatever pause there was. */
    synchronized void resume() {
        lastSign = around.nanoTime().getAsLong();
        failures = 0;
        if (!ended && !connecting) {
            schedule(Duration.ZERO);
        }
    }

    /**
     * Reports a watch that stays shut, and lists anew what has not been heard of.
     *
     * @param server what is known of the API server; only while it answers does a watch that fails say anything of this kind
     */
    void tick(Heartbeat.State server) {
        boolean answers = server == Heartbeat.State.ANSWERS;
        synchronized (this) {
            reachable = server != Heartbeat.State.UNREACHABLE;
            if (!reachable) {
                answersSince = Optional.empty();
            } else if (answers) {
                answersSince = answersSince.or(() -> Optional.of(now()));
            }
        }
        troubleToTell(answers).ifPresent(why -> {
            around.troubles().watchIsShut(kind.kind(), namespace, why);
            around.changed().run();
        });
        if (answers && isUnheard()) {
            around.troubles().watchIsDeaf(kind.kind(), namespace, around.times().unheard());
            around.changed().run();
        }
    }

    /**
     * A refusal is told when it has lasted itself: before it, the API server may have been away. For the same reason any other
     * failure is told when the API server has answered for as long.
     */
    private synchronized Optional<RuntimeException> troubleToTell(boolean answers) {
        boolean lasts =
                refusal.isPresent() ? isLong(refusal.map(Refusal::since)) : answers && isLong(answersSince) && isShut();
        if (ended || troubleTold || !lasts) {
            return Optional.empty();
        }
        troubleTold = trouble.isPresent();
        return trouble;
    }

    /**
     * Where it is, a list is on its way. A watch that has not brought a bookmark yet may just be quiet: an API server sends none
     * while its cache of the kind knows of nothing newer than where the watch began, and none at all without such a cache. It is
     * opened anew where it was, and found to be shut where that does not succeed.
     */
    private synchronized boolean isUnheard() {
        long now = around.nanoTime().getAsLong();
        if (ended || now - lastSign < around.times().unheard().toNanos()) {
            return false;
        }
        lastSign = now;
        if (!connecting) {
            schedule(Duration.ZERO);
        }
        if (!bookmarked || !listed) {
            return false;
        }
        listed = false;
        mustList = true;
        return true;
    }

    /** Called with the lock held. */
    private void schedule(Duration pause) {
        if (next != null) {
            next.cancel(false);
        }
        try {
            next = around.workers().schedule(this::connect, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            ended = true;
        }
    }

    /** Lists where that is due, and opens the watch; at the end, successful or not, it is open or the next attempt is due. */
    private void connect() {
        long mine = begin();
        if (mine < 0) {
            return;
        }
        try {
            if (mustList()) {
                list(mine);
            }
            watch(mine);
        } catch (Throwable refused) {
            failed(mine, refused instanceof RuntimeException known ? known : new IllegalStateException(refused));
        }
    }

    private long begin() {
        synchronized (taking) {
            synchronized (this) {
                if (ended || connecting) {
                    return -1;
                }
                connecting = true;
                cut = false;
                mustList |= isLong(shutSince); // it is missing: only a list says at once that all is known again
                shutSince = shutSince.or(() -> Optional.of(now()));
                life++;
                open.ifPresent(this::closeBeside);
                open = Optional.empty();
                catchesUp = false;
                bookmarked = false;
                return life;
            }
        }
    }

    private synchronized boolean mustList() {
        return mustList;
    }

    private void list(long mine) {
        Heard asked = now();
        GenericKubernetesResourceList all = objects.list(new ListOptions());
        synchronized (taking) {
            if (life != mine) {
                return;
            }
            cache.replace(all.getItems());
        }
        synchronized (this) {
            version = all.getMetadata().getResourceVersion();
            mustList = false;
            listed = true;
            heard = asked;
            lastSign = asked.nanos();
        }
        around.changed().run();
    }

    /** Opening one has no end of its own in fabric8: a network that swallows everything would hold it for ever. */
    @SuppressWarnings("FutureReturnValueIgnored") // either branch reports what became of it
    private void watch(long mine) {
        Heard asked = now();
        CompletableFuture<? extends Watch> opening = watches.submitWatch(from(version()), new Ear(mine));
        Future<?> end = around.workers()
                .schedule(() -> giveUp(mine), around.times().shut().toMillis(), TimeUnit.MILLISECONDS);
        opening.handleAsync(
                (watch, why) -> {
                    end.cancel(false);
                    if (watch == null) {
                        failed(mine, KubernetesClientException.launderThrowable(why));
                    } else {
                        opened(mine, asked, watch);
                    }
                    return mine;
                },
                around.workers());
    }

    private void opened(long mine, Heard asked, Watch watch) {
        synchronized (this) {
            if (life != mine) {
                closeBeside(watch);
                return;
            }
            connecting = false;
            opened = asked;
            if (cut) {
                again();
                return;
            }
            open = Optional.of(watch);
            catchesUp = true;
            if (watch instanceof AbstractWatchManager<?> manager && manager.isWatching()) {
                lastSign = asked.nanos();
                accepted();
            }
            if (mustList) {
                schedule(Duration.ZERO);
            }
        }
        around.changed().run();
    }

    /** Should it be opened after all, it is closed then. */
    private void giveUp(long mine) {
        long next;
        synchronized (taking) {
            synchronized (this) {
                if (life != mine || !connecting) {
                    return;
                }
                life++;
                next = life;
            }
        }
        failed(
                next,
                new KubernetesClientException(
                        "a watch was not opened within " + around.times().shut().toSeconds() + " s"));
    }

    private synchronized String version() {
        return version;
    }

    private static ListOptions from(String version) {
        return new ListOptionsBuilder()
                .withResourceVersion(version)
                .withAllowWatchBookmarks(true)
                .build();
    }

    /** A web socket is open once it is made; a plain request, which fabric8 falls back to, once it has stayed open. */
    private void accepted() {
        shutSince = Optional.empty();
        trouble = Optional.empty();
        refusal = Optional.empty();
        troubleTold = false;
    }

    private void failed(long mine, RuntimeException why) {
        int code = WatchErrors.code(why);
        boolean first;
        synchronized (this) {
            if (life != mine) {
                return;
            }
            connecting = false;
            mustList |= code == GONE;
            boolean refused = code == UNAUTHORIZED || code == FORBIDDEN || code == NOT_FOUND;
            refusal = refused
                    ? Optional.of(new Refusal(code, refusal.map(Refusal::since).orElseGet(this::now)))
                    : Optional.empty();
            trouble = Optional.of(why);
            first = mustList;
            again();
        }
        if (first && code != GONE) {
            around.troubles().requestFailed(kind.kind(), namespace, why);
        }
    }

    /** Called with the lock held. */
    private void again() {
        failures++;
        Duration pause = PAUSES.get(Math.min(failures, PAUSES.size()) - 1);
        boolean isBriefly = reachable && refusal.isEmpty() && pause.compareTo(BRIEF) > 0;
        schedule(isBriefly ? BRIEF : pause);
    }

    private void ended(long mine, boolean isGone) {
        synchronized (this) {
            if (life != mine || ended) {
                return;
            }
            mustList |= isGone;
            cut = true;
            if (open.isPresent()) {
                open = Optional.empty();
                catchesUp = false;
                shutSince = shutSince.or(() -> Optional.of(now()));
                boolean lasted = around.nanoTime().getAsLong() - opened.nanos() >= LASTING.toNanos();
                failures = lasted ? 0 : failures;
                again();
            }
        }
    }

    private void take(long mine, Watcher.Action action, GenericKubernetesResource object) {
        synchronized (taking) {
            if (life != mine) {
                return;
            }
            switch (action) {
                case ADDED, MODIFIED -> cache.keep(object);
                case DELETED -> cache.drop(object);
                case BOOKMARK -> bookmarks();
                case ERROR -> {
                    return;
                }
            }
            sign(object.getMetadata().getResourceVersion());
        }
    }

    private synchronized void bookmarks() {
        bookmarked = true;
    }

    private synchronized void sign(String reached) {
        version = reached;
        Heard now = now();
        lastSign = now.nanos();
        settle();
        if (!catchesUp && !connecting) {
            heard = now;
        }
    }

    /** A network that swallows everything would hold up whoever closes it. */
    private void closeBeside(Watch watch) {
        try {
            around.workers().execute(watch::close);
        } catch (RejectedExecutionException closed) {
            watch.close();
        }
    }

    /** Hears what one watch brings. fabric8 is told not to open it again by itself, for it would tell nobody. */
    private final class Ear implements Watcher<GenericKubernetesResource> {

        private final long mine;

        Ear(long mine) {
            this.mine = mine;
        }

        @Override
        public void eventReceived(Action action, GenericKubernetesResource object) {
            take(mine, action, Objects.requireNonNull(object, "an event without an object"));
        }

        @Override
        public void onClose() {
            ended(mine, false);
        }

        @Override
        public void onClose(WatcherException why) {
            ended(mine, why.isHttpGone());
        }

        @Override
        public boolean reconnecting() {
            return false;
        }
    }

    @Override
    public String toString() {
        return kind.plural() + " in " + namespace;
    }
}
