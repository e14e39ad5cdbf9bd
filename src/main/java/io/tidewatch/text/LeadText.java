package io.tidewatch.text;

import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.definition.Window;
import java.time.Duration;
import java.util.Optional;

/** What a lead that is learned ({@code readyBy}) rests on. */
public final class LeadText {

    private LeadText() {}

    /**
     * As {@code 6m30s: p90 of 14 raises until 2026-11-21}, or which field or ramp made it another lead.
     *
     * @param written what the window says
     * @param learned what is known of the target
     * @param counts the lead that counts, with the time of a ramp
     */
    public static String of(Window.Lead written, Optional<LearnedLead> learned, Duration counts) {
        if (learned.isEmpty()) {
            return "leadTime " + length(written.least()) + ": no lead is learned yet";
        }
        LearnedLead own = learned.get();
        return counts.equals(own.length())
                ? length(counts) + ": " + own.basis()
                : field(written, counts) + " " + length(counts) + ": " + own.basis() + " is " + length(own.length());
    }

    /** Why a ScaledObject is written though its minimum stays. */
    public static String learned(LearnedLead lead) {
        return "learned lead " + length(lead.length()) + ": " + lead.basis();
    }

    /** What bounded it; a ramp that is longer counts in place of a learned lead. */
    private static String field(Window.Lead written, Duration counts) {
        if (counts.equals(written.least())) {
            return "leadTime";
        }
        return written.most().filter(counts::equals).isPresent() ? "maxLead" : "ramp";
    }

    private static String length(Duration lead) {
        return LearnedLead.text(lead);
    }
}
