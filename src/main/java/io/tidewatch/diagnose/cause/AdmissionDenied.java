package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.ControllerMessages;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.RejectedPods;
import io.tidewatch.model.diagnosis.Cause;
import java.util.Optional;

/** The API server rejects pods for another reason than quota: a webhook, a policy, a missing service account. */
final class AdmissionDenied implements CauseCheck {

    @Override
    public Cause cause() {
        return Cause.ADMISSION_DENIED;
    }

    @Override
    public Optional<Explained> find(Chain chain) {
        return RejectedPods.of(chain, message -> !QuotaExceeded.isOfQuota(message))
                .map(rejected -> Explained.certain(
                        Cause.ADMISSION_DENIED,
                        rejected.pods(),
                        ControllerMessages.pods(rejected.pods()) + " rejected: "
                                + ControllerMessages.brief(rejected.message()),
                        rejected.evidence()));
    }

    @Override
    public String nextCommand(Kubectl kubectl) {
        return kubectl.describeMaker();
    }
}
