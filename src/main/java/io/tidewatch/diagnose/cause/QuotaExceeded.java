package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.ControllerMessages;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.RejectedPods;
import io.tidewatch.model.diagnosis.Cause;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The namespace's quota rejects pods. */
final class QuotaExceeded implements CauseCheck {

    private static final Pattern WORDS = Pattern.compile("exceeded quota|failed quota|status unknown for quota");

    @Override
    public Cause cause() {
        return Cause.QUOTA_EXCEEDED;
    }

    @Override
    public Optional<Explained> find(Chain chain) {
        return RejectedPods.of(chain, QuotaExceeded::isOfQuota)
                .map(rejected -> Explained.certain(
                        Cause.QUOTA_EXCEEDED,
                        rejected.pods(),
                        "the quota rejects " + ControllerMessages.pods(rejected.pods()) + ": "
                                + limit(rejected.message()),
                        rejected.evidence()));
    }

    @Override
    public String nextCommand(Kubectl kubectl) {
        return "kubectl describe quota" + kubectl.inNamespace();
    }

    /** Used up, not yet counted, or asking for limits that the pod does not have. */
    static boolean isOfQuota(String message) {
        return WORDS.matcher(message).find();
    }

    private static String limit(String message) {
        Matcher words = WORDS.matcher(message);
        return ControllerMessages.brief(words.find() ? message.substring(words.start()) : message);
    }
}
