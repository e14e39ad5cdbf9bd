package io.tidewatch.observe;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Keeps equal values in memory once where they come soon after one another, as those of the pods of one ReplicaSet do. It has a fixed
 * number of places, and a later value takes the place of an earlier one, so it never grows. Any thread may use it.
 *
 * @param <T> unmodifiable values, which are equal where their content is
 */
final class Shared<T> {

    private final AtomicReferenceArray<T> places;

    /** @param places a power of two */
    Shared(int places) {
        this.places = new AtomicReferenceArray<>(places);
    }

    /** This value, or an equal one that came before. */
    T of(T value) {
        int hash = value.hashCode();
        int place = (hash ^ (hash >>> 16)) & (places.length() - 1);
        T known = places.get(place);
        if (value.equals(known)) {
            return known;
        }
        places.set(place, value);
        return value;
    }
}
