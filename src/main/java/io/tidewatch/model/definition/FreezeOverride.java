package io.tidewatch.model.definition;

import io.tidewatch.model.Commit;
import io.tidewatch.model.StrangerText;

/**
 * The trailer {@code Tidewatch-Override: REASON} of a commit: what the commit changed does not wait for the end of a freeze.
 *
 * @param commit the commit that carries the trailer
 * @param reason as {@link StrangerText}, never empty
 */
public record FreezeOverride(Commit commit, String reason) {

    public FreezeOverride {
        reason = StrangerText.message(reason);
    }
}
