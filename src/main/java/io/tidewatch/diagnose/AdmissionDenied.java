package io.tidewatch.diagnose;

import io.tidewatch.model.Cause;
import java.util.Optional;

/** The API server refuses pods for another reason than quota: a webhook, a policy, a missing service account. */
final class AdmissionDenied implements CauseCheck {

    @Override
    public Optional<Explained> look(Chain chain) {
        return RefusedPods.of(chain, message -> !QuotaExceeded.isOfQuota(message))
                .map(refused -> Explained.certain(
                        Cause.ADMISSION_DENIED,
                        refused.pods(),
                        Words.pods(refused.pods()) + " refused: " + Words.brief(refused.message()),
                        refused.evidence()));
    }
}
