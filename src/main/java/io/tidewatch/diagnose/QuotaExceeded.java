package io.tidewatch.diagnose;

import io.tidewatch.model.Cause;
import java.util.Optional;

/** The namespace's quota refuses pods. */
final class QuotaExceeded implements CauseCheck {

    @Override
    public Optional<Explained> look(Chain chain) {
        return RefusedPods.of(chain, message -> message.contains("exceeded quota"))
                .map(refused -> Explained.certain(
                        Cause.QUOTA_EXCEEDED,
                        refused.pods(),
                        "the quota refuses " + Words.pods(refused.pods()) + ": " + limit(refused.message()),
                        refused.evidence()));
    }

    private static String limit(String message) {
        return Words.brief(message.substring(message.indexOf("exceeded quota")));
    }
}
