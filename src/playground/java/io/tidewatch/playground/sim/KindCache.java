package io.tidewatch.playground.sim;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The objects of one kind that a watch has delivered, in all namespaces. */
final class KindCache implements AutoCloseable {
    private final Object lock = new Object();
    private final Map<ObjectKey, Live> objects = new HashMap<>();
    private final Map<ObjectKey, String> deletedUids = new HashMap<>();
    private final List<Consumer<Live>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Live>> greeters = new CopyOnWriteArrayList<>();
    private final SharedIndexInformer<GenericKubernetesResource> informer;

    KindCache(KubernetesClient client, Kind kind) {
        this.informer = client.genericKubernetesResources(kind.context())
                .inAnyNamespace()
                .runnableInformer(0)
                .removeNamespaceIndex()
                .addEventHandler(new Handler());
    }

    /** Lists, then watches. Listeners are called for every object from now on. */
    void start() {
        informer.run();
    }

    /** {@code listener} is called, on the watch's thread, with each object that appears, changes or goes. */
    void onChange(Consumer<Live> listener) {
        listeners.add(listener);
    }

    /** {@code listener} is called, on the watch's thread, with each object that is new to this cache. */
    void onAppear(Consumer<Live> listener) {
        greeters.add(listener);
    }

    Optional<Live> get(ObjectKey key) {
        synchronized (lock) {
            return Optional.ofNullable(objects.get(key));
        }
    }

    List<Live> all() {
        synchronized (lock) {
            return List.copyOf(objects.values());
        }
    }

    /** Waits until the watch has delivered this version of the object, or a later one, or its end. */
    boolean awaitSeen(Live written, Duration atMost) {
        return await(() -> isSeen(written.key(), written.uid(), version(written.resourceVersion())), atMost);
    }

    boolean awaitSeen(HasMetadata written, Duration atMost) {
        ObjectMeta meta = written.getMetadata();
        ObjectKey key = new ObjectKey(meta.getNamespace(), meta.getName());
        return await(() -> isSeen(key, meta.getUid(), version(meta.getResourceVersion())), atMost);
    }

    boolean awaitGone(ObjectKey key, String uid, Duration atMost) {
        return await(
                () -> {
                    Live seen = objects.get(key);
                    return seen == null || !uid.equals(seen.uid());
                },
                atMost);
    }

    boolean await(ObjectKey key, Predicate<Live> condition, Duration atMost) {
        return await(
                () -> {
                    Live seen = objects.get(key);
                    return seen == null || condition.test(seen);
                },
                atMost);
    }

    @Override
    public void close() {
        informer.close();
    }

    private boolean isSeen(ObjectKey key, String uid, long version) {
        Live seen = objects.get(key);
        if (seen != null) {
            return version(seen.resourceVersion()) >= version || !seen.uid().equals(uid);
        }
        return uid.equals(deletedUids.get(key));
    }

    private static long version(String resourceVersion) {
        try {
            return Long.parseLong(resourceVersion);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private boolean await(BooleanSupplier condition, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        synchronized (lock) {
            while (!condition.getAsBoolean()) {
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    return false;
                }
                try {
                    lock.wait(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }

    /** Calls the listeners before the version counts as delivered: whoever waits for the version finds the work queued. */
    private void changed(Live live, Runnable update) {
        synchronized (lock) {
            update.run();
            listeners.forEach(listener -> listener.accept(live));
            lock.notifyAll();
        }
    }

    private final class Handler implements ResourceEventHandler<GenericKubernetesResource> {
        @Override
        public void onAdd(GenericKubernetesResource object) {
            Live live = new Live(object);
            changed(live, () -> {
                Live known = objects.put(live.key(), live);
                if (known == null || !known.uid().equals(live.uid())) {
                    greeters.forEach(greeter -> greeter.accept(live));
                }
            });
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource object) {
            Live live = new Live(object);
            changed(live, () -> objects.put(live.key(), live));
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean finalStateUnknown) {
            Live live = new Live(object);
            changed(live, () -> {
                objects.remove(live.key());
                deletedUids.put(live.key(), live.uid());
            });
        }
    }
}
