package io.tidewatch.plan;

import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.plan.LiveObject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The comparisons that found no difference between a manifest and its live object, so that the same two are not compared
 * again in every pass.
 *
 * <p>Both contents are unmodifiable, and a changed object is another object. So the same two objects would be compared with
 * the same result, and no pass decides otherwise because of what is remembered here. Differences are never remembered.
 */
public final class Agreements {

    private final ConcurrentMap<ObjectKey, Agreement> known = new ConcurrentHashMap<>();

    /** Which fields of a manifest were compared. */
    enum Scope {
        ALL,
        /** The replicas of a workload belong to its autoscaler. */
        BUT_REPLICAS,
        BUT_MINIMUM,
        BUT_MINIMUM_AND_MAXIMUM
    }

    private record Agreement(Map<String, Object> written, Map<String, Object> live, Scope scope) {

        @SuppressWarnings("ReferenceEquality") // to compare the contents is what is saved
        boolean isOf(Manifest manifest, LiveObject there, Scope compared) {
            return written == manifest.content() && live == there.content() && scope == compared;
        }
    }

    /** Whether these two were compared, and agreed. */
    boolean isKnown(Manifest manifest, LiveObject live, Scope scope) {
        Agreement last = known.get(manifest.key());
        return last != null && last.isOf(manifest, live, scope);
    }

    /** Remembers that these two agree, in place of what was known of the object. */
    void add(Manifest manifest, LiveObject live, Scope scope) {
        known.put(manifest.key(), new Agreement(manifest.content(), live.content(), scope));
    }

    /** Forgets the objects that no source declares any more. */
    void retain(Set<ObjectKey> declared) {
        if (known.size() > declared.size()) {
            known.keySet().retainAll(declared);
        }
    }
}
