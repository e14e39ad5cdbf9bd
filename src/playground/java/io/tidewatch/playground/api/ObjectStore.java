package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The objects by kind, namespace and name, with one revision that grows by one with every change, as etcd's does.
 *
 * <p>Writes compare and set: a state that was computed from a state which is no longer stored is not stored, and the caller
 * computes again. The listener is called for every change in order, under the write lock, so it must be short.
 */
final class ObjectStore {

    /** The result of a list: its items and its revision. */
    record Listing(long revision, List<StoredObject> objects) {}

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<ResourceType, NavigableMap<String, StoredObject>> byType = new HashMap<>();
    private final Map<String, Set<ObjectKey>> dependents = new HashMap<>();
    private final EventHistory history;
    private final Consumer<StoreEvent> listener;
    private long revision = 1;

    ObjectStore(int historyCapacity, Consumer<StoreEvent> listener) {
        this.history = new EventHistory(historyCapacity);
        this.listener = listener;
    }

    Optional<StoredObject> get(ObjectKey key) {
        return reading(() -> Optional.ofNullable(find(key)));
    }

    /** The objects of a kind, sorted; an empty namespace means all of them. */
    Listing list(ResourceType type, String namespace) {
        return reading(() -> {
            NavigableMap<String, StoredObject> all = byType.getOrDefault(type, new TreeMap<>());
            NavigableMap<String, StoredObject> some =
                    namespace.isEmpty() ? all : all.subMap(namespace + "/", true, namespace + "0", false);
            return new Listing(revision, List.copyOf(some.values()));
        });
    }

    /** The keys of the objects that name the given uid among their owners. */
    List<ObjectKey> dependentsOf(String uid) {
        return reading(() -> List.copyOf(dependents.getOrDefault(uid, Set.of())));
    }

    /** Every object in a namespace. */
    List<StoredObject> inNamespace(String namespace) {
        return reading(() -> {
            List<StoredObject> found = new ArrayList<>();
            for (ResourceType type : byType.keySet()) {
                if (type.has(ResourceType.Trait.NAMESPACED)) {
                    found.addAll(list(type, namespace).objects());
                }
            }
            return found;
        });
    }

    long revision() {
        return reading(() -> revision);
    }

    Optional<List<StoreEvent>> changesAfter(long since) {
        return reading(() -> history.after(since));
    }

    void forgetHistory() {
        writing(() -> {
            history.forget();
            return true;
        });
    }

    /** Runs while no write happens: all reads, and the changes that the listener got, belong to one revision. */
    <T> T reading(Supplier<T> read) {
        lock.readLock().lock();
        try {
            return read.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Stores a state, if what it was computed from is still there; the object becomes the store's own. */
    Optional<StoredObject> put(ObjectKey key, Optional<StoredObject> from, ObjectNode object) {
        return writing(() -> {
            if (isOtherThan(from, key)) {
                return Optional.empty();
            }
            StoredObject stored = versioned(key, object);
            byType.computeIfAbsent(key.type(), any -> new TreeMap<>()).put(key.sortKey(), stored);
            from.ifPresent(old -> index(old, Set::remove));
            index(stored, Set::add);
            record(new StoreEvent(from.isPresent() ? StoreEvent.Kind.MODIFIED : StoreEvent.Kind.ADDED, from, stored));
            return Optional.of(stored);
        });
    }

    /** Removes an object in the state given, if it is still in it; what it was, with the revision of its end. */
    Optional<StoredObject> remove(StoredObject last) {
        return writing(() -> {
            ObjectKey key = last.key();
            if (isOtherThan(Optional.of(last), key)) {
                return Optional.empty();
            }
            byType.getOrDefault(key.type(), new TreeMap<>()).remove(key.sortKey());
            index(last, Set::remove);
            StoredObject end = versioned(key, last.json().deepCopy());
            record(new StoreEvent(StoreEvent.Kind.DELETED, Optional.of(last), end));
            return Optional.of(end);
        });
    }

    /** A revision is given once, so the same revision is the same state. */
    private boolean isOtherThan(Optional<StoredObject> expected, ObjectKey key) {
        StoredObject current = find(key);
        long found = current == null ? 0 : current.revision();
        return found != expected.map(StoredObject::revision).orElse(0L);
    }

    private StoredObject versioned(ObjectKey key, ObjectNode object) {
        revision++;
        Metadata.set(object, "resourceVersion", Long.toString(revision));
        return new StoredObject(key, revision, object);
    }

    private void record(StoreEvent event) {
        history.add(event);
        listener.accept(event);
    }

    private @Nullable StoredObject find(ObjectKey key) {
        NavigableMap<String, StoredObject> objects = byType.get(key.type());
        return objects == null ? null : objects.get(key.sortKey());
    }

    private interface IndexChange {
        boolean apply(Set<ObjectKey> keys, ObjectKey key);
    }

    private void index(StoredObject object, IndexChange change) {
        for (JsonNode owner : object.json().path("metadata").path("ownerReferences")) {
            String uid = owner.path("uid").asText();
            Set<ObjectKey> keys = dependents.computeIfAbsent(uid, any -> new LinkedHashSet<>());
            change.apply(keys, object.key());
            if (keys.isEmpty()) {
                dependents.remove(uid);
            }
        }
    }

    private <T> T writing(Supplier<T> write) {
        lock.writeLock().lock();
        try {
            return write.get();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
