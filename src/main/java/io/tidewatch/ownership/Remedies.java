package io.tidewatch.ownership;

import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.definition.RemedyPolicy;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a remedy was tried in a period, as the ScaledObject remembers it: {@code NudgeReplicaSets=2@INSTANT}.
 *
 * @param last when it was tried last
 */
public record Remedies(int attempts, Optional<Instant> last) {

    public static final Remedies NONE = new Remedies(0, Optional.empty());

    private static final Pattern NUDGES = Pattern.compile("NudgeReplicaSets=(\\d{1,6})@(\\S+)");

    /** A text that is not ours counts as spent: a remedy is bounded whatever happened to our record. */
    static Remedies read(String text, RemedyPolicy policy) {
        Matcher found = NUDGES.matcher(text);
        if (!found.matches()) {
            return new Remedies(policy.attempts(), Optional.empty());
        }
        return Annotations.instant(found.group(2))
                .map(last -> new Remedies(Integer.parseInt(found.group(1)), Optional.of(last)))
                .orElseGet(() -> new Remedies(policy.attempts(), Optional.empty()));
    }

    public Remedies another(Instant now) {
        return new Remedies(attempts + 1, Optional.of(now));
    }

    public String text() {
        return "NudgeReplicaSets=" + attempts + last.map(at -> "@" + at).orElse("");
    }
}
