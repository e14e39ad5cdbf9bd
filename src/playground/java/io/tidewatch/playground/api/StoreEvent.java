package io.tidewatch.playground.api;

import java.util.Optional;

/**
 * One change of the store.
 *
 * @param before absent for a new object
 * @param after for a deletion, the last state with the deletion's revision
 */
record StoreEvent(Kind kind, Optional<StoredObject> before, StoredObject after) {

    enum Kind {
        ADDED,
        MODIFIED,
        DELETED
    }

    long revision() {
        return after.revision();
    }
}
