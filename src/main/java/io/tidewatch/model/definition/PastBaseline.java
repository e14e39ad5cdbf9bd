package io.tidewatch.model.definition;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Target;

/**
 * A claim of annotations on an object: that a source defined this baseline for it at a commit.
 *
 * @param uid the object's life
 * @param commit the full id, as written on the object; not yet known to exist
 * @param baseline the bounds that count outside windows
 */
public record PastBaseline(Target target, String uid, String source, String commit, Bounds baseline) {

    /** Whether the history of the source confirms the claim. */
    public enum Answer {
        HELD,
        NOT_HELD,
        /** Not looked up yet; a later pass will know. */
        NOT_YET_KNOWN,
        /** There is no history at hand, or the commit is not in it. */
        CANNOT_TELL
    }
}
