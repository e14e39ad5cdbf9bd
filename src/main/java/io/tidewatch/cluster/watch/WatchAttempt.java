package io.tidewatch.cluster.watch;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One attempt to watch: lists the objects if that is due, opens the watch, and passes on what the watch receives until it ends. The
 * owner is called without its lock, and ignores attempts that are not its current attempt.
 */
final class WatchAttempt implements Watcher<GenericKubernetesResource> {

    private final WatchRequests requests;
    private final WatchContext context;
    private final Owner owner;

    /** Decides what follows from an attempt. */
    interface Owner {

        /** Whether the objects must be listed before the watch is opened. */
        boolean isListDue();

        /** Where the watch is opened. */
        String resourceVersion();

        /** A page of the list. */
        void listing(WatchAttempt attempt, List<GenericKubernetesResource> page);

        /** The list is complete. */
        void listed(WatchAttempt attempt, String resourceVersion, Moment requestedAt);

        /** The owner closes the watch if the attempt is not its current attempt. */
        void opened(WatchAttempt attempt, Watch watch, Moment requestedAt);

        /** The list or the opening of the watch failed, or took too long; a watch may still be opened later. */
        void failed(WatchAttempt attempt, RuntimeException error);

        void received(WatchAttempt attempt, Action action, GenericKubernetesResource object);

        /** The API server closed the watch, or the connection broke; possibly before the watch was known to be open. */
        void ended(WatchAttempt attempt, boolean isGone);
    }

    WatchAttempt(WatchRequests requests, WatchContext context, Owner owner) {
        this.requests = requests;
        this.context = context;
        this.owner = owner;
    }

    /** Waits for the list, and not for the watch. Ends in a call of {@link Owner#opened} or {@link Owner#failed}. */
    void start() {
        try {
            if (owner.isListDue()) {
                Moment requestedAt = context.now();
                String resourceVersion = requests.list(page -> owner.listing(this, page));
                owner.listed(this, resourceVersion, requestedAt);
            }
            openWatch();
        } catch (Throwable error) {
            owner.failed(this, error instanceof RuntimeException known ? known : new IllegalStateException(error));
        }
    }

    /** A network that drops everything would otherwise keep the watch opening without end. */
    @SuppressWarnings("FutureReturnValueIgnored") // either branch reports the result
    private void openWatch() {
        Moment requestedAt = context.now();
        CompletableFuture<? extends Watch> opening = requests.watch(owner.resourceVersion(), this);
        long timeout = context.times().closed().toMillis();
        Future<?> deadline = context.workers().schedule(this::timedOut, timeout, TimeUnit.MILLISECONDS);
        opening.handleAsync(
                (watch, error) -> {
                    deadline.cancel(false);
                    if (watch == null) {
                        owner.failed(this, KubernetesClientException.launderThrowable(error));
                    } else {
                        owner.opened(this, watch, requestedAt);
                    }
                    return this;
                },
                context.workers());
    }

    private void timedOut() {
        owner.failed(
                this,
                new KubernetesClientException("a watch was not opened within "
                        + context.times().closed().toSeconds() + " s"));
    }

    @Override
    public void eventReceived(Action action, GenericKubernetesResource object) {
        owner.received(this, action, Objects.requireNonNull(object, "an event without an object"));
    }

    @Override
    public void onClose() {
        owner.ended(this, false);
    }

    @Override
    public void onClose(WatcherException why) {
        owner.ended(this, why.isHttpGone());
    }

    /** fabric8 must not reopen the watch by itself, because it would not report that. */
    @Override
    public boolean reconnecting() {
        return false;
    }
}
