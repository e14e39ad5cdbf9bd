package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Optional;

/**
 * Deletes objects: at once, or when their last finalizer is removed. A namespace is deleted with all objects in it. Objects that
 * only a deleted object owned are deleted as by the garbage collector. Pods have no grace period, as on a cluster without kubelets.
 */
final class Deletion {

    /** How dependents are treated. */
    enum Propagation {
        BACKGROUND,
        ORPHAN
    }

    private final ObjectStore store;
    private final Clock clock;

    Deletion(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Checks the namespace of a new object: it must exist and not be deleting. */
    void checkNamespaceAccepts(ObjectKey key) {
        if (key.type().has(ResourceType.Trait.NAMESPACED)
                && store.get(new ObjectKey(ServedTypes.NAMESPACES, "", key.namespace()))
                        .isEmpty()) {
            throw ApiFailure.notFound(ServedTypes.NAMESPACES, key.namespace());
        }
    }

    /** The object as it was at its end, or as it is while its finalizers hold it. */
    StoredObject delete(StoredObject object, Propagation propagation) {
        StoredObject current = object;
        while (true) {
            Optional<StoredObject> done = Metadata.hasFinalizers(current.json()) ? marked(current) : removed(current);
            if (done.isPresent()) {
                if (!Metadata.hasFinalizers(current.json())) {
                    leaveBehind(current, propagation);
                }
                return done.get();
            }
            Optional<StoredObject> again = store.get(current.key());
            if (again.isEmpty()) {
                return current;
            }
            current = again.get();
        }
    }

    /** Ends an object whose last finalizer has just been removed; false if it changed meanwhile. */
    boolean finish(StoredObject object) {
        boolean gone = removed(object).isPresent();
        if (gone) {
            leaveBehind(object, Propagation.BACKGROUND);
        }
        return gone;
    }

    private Optional<StoredObject> removed(StoredObject object) {
        return store.remove(object);
    }

    private Optional<StoredObject> marked(StoredObject object) {
        if (Metadata.isBeingDeleted(object.json())) {
            return Optional.of(object);
        }
        ObjectNode dying = object.json().deepCopy();
        Metadata.set(dying, "deletionTimestamp", Timestamps.seconds(clock));
        Metadata.of(dying).put("deletionGracePeriodSeconds", 0);
        return store.put(object.key(), Optional.of(object), dying);
    }

    private void leaveBehind(StoredObject gone, Propagation propagation) {
        if (gone.key().type().equals(ServedTypes.NAMESPACES)) {
            store.inNamespace(gone.key().name()).forEach(object -> delete(object, Propagation.BACKGROUND));
        }
        String uid = Metadata.uid(gone.json());
        for (ObjectKey key : store.dependentsOf(uid)) {
            store.get(key).ifPresent(dependent -> release(dependent, uid, propagation));
        }
    }

    private void release(StoredObject dependent, String ownerUid, Propagation propagation) {
        ObjectNode left = dependent.json().deepCopy();
        ArrayNode owners = Metadata.of(left).withArrayProperty("ownerReferences");
        for (int i = owners.size() - 1; i >= 0; i--) {
            if (owners.get(i).path("uid").asText().equals(ownerUid)) {
                owners.remove(i);
            }
        }
        if (owners.isEmpty() && propagation == Propagation.BACKGROUND) {
            delete(dependent, propagation);
            return;
        }
        if (owners.isEmpty()) {
            Metadata.of(left).remove("ownerReferences");
        }
        if (store.put(dependent.key(), Optional.of(dependent), left).isEmpty()) {
            store.get(dependent.key()).ifPresent(again -> release(again, ownerUid, propagation));
        }
    }
}
