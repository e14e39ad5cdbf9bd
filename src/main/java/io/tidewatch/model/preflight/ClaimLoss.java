package io.tidewatch.model.preflight;

import io.tidewatch.model.StrangerText;
import java.time.Instant;
import java.util.Optional;

/**
 * A lowering that is ahead, after which the StatefulSet deletes the claims of the pods that go. It informs; it keeps nothing from
 * being written and opens no incident.
 *
 * @param from the live minimum
 * @param to the minimum from {@code at} on
 * @param at when the lowering is due
 * @param ends the window that ends then; absent where the baseline counts until then
 * @param begins the window that counts from then on; absent where the baseline does
 * @param pods how many pods may go: as many as there are above {@code to}
 * @param claims the names of their claims, in words
 */
public record ClaimLoss(
        int from,
        int to,
        Instant at,
        Optional<String> ends,
        Optional<String> begins,
        int pods,
        String statefulSet,
        String claims) {

    /** The word that scripts read. */
    public static final String WORD = "ClaimsDeleted";

    public ClaimLoss {
        claims = StrangerText.line(claims);
    }

    /** What identifies the note while its numbers change. */
    public String key() {
        return WORD + " StatefulSet " + statefulSet;
    }
}
