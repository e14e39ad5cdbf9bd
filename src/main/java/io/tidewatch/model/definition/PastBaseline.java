package io.tidewatch.model.definition;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Target;

/**
 * A claim that annotations on an object make: that a source, at a commit, wanted this baseline for it.
 *
 * @param uid the object's life
 * @param commit the full id, as written on the object; not yet known to exist
 * @param baseline the bounds that count outside windows
 */
public record PastBaseline(Target target, String uid, String source, String commit, Bounds baseline) {

    /** What the history of the source says to it. */
    public enum Answer {
        HELD,
        NOT_HELD,
        /** Not looked up yet: another pass will know. */
        NOT_YET_KNOWN,
        /** There is no history at hand, or the commit is not in it. */
        CANNOT_TELL
    }
}
