package io.tidewatch.definition.kubernetes;

import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Place;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What must fit together in the spec of a Deployment. */
final class DeploymentChecks {

    private static final long DEFAULT_DEADLINE = 600;
    private static final String DEADLINE = "progressDeadlineSeconds";
    private static final String READY = "minReadySeconds";

    private final Findings findings;

    DeploymentChecks(Findings findings) {
        this.findings = findings;
    }

    void check(Place spec) {
        strategy(spec);
        deadline(spec);
    }

    private void strategy(Place spec) {
        Optional<Place> rolling = At.field(spec, "strategy", "rollingUpdate");
        if (rolling.isEmpty()) {
            return;
        }
        if (At.text(spec, "strategy", "type").filter("Recreate"::equals).isPresent()) {
            findings.error(
                    rolling.get(),
                    "contradiction",
                    "Kubernetes rejects rollingUpdate beside type: Recreate; leave it out, or write type: RollingUpdate");
            return;
        }
        Optional<Place> unavailable = At.field(rolling.get(), "maxUnavailable");
        Optional<Place> surge = At.field(rolling.get(), "maxSurge");
        unavailable.ifPresent(share -> new Shares(findings).check(share, true));
        surge.ifPresent(share -> new Shares(findings).check(share, false));
        if (isZero(unavailable) && isZero(surge)) {
            findings.error(
                    unavailable.get(),
                    "contradiction",
                    "maxUnavailable and maxSurge are both 0, so no pod could ever be replaced, and Kubernetes rejects"
                            + " that; raise one of them");
        }
    }

    private static boolean isZero(Optional<Place> share) {
        return share.map(Shares::number).equals(Optional.of(OptionalInt.of(0)));
    }

    /** The default of the deadline counts where it is not written. */
    private void deadline(Place spec) {
        OptionalLong written = At.whole(spec, DEADLINE);
        long ready = At.whole(spec, READY).orElse(0);
        boolean isUnreadable = At.field(spec, DEADLINE).isPresent() && written.isEmpty();
        if (isUnreadable || ready < written.orElse(DEFAULT_DEADLINE)) {
            return;
        }
        String above = "; write more than " + ready + ", or lower " + READY;
        if (written.isPresent()) {
            findings.error(
                    spec.at(DEADLINE),
                    "out-of-range",
                    written.getAsLong() + " is not above " + READY + " " + ready + ", and Kubernetes rejects that"
                            + above);
        } else {
            findings.error(
                    spec.at(READY),
                    "out-of-range",
                    READY + " " + ready + " is not below " + DEADLINE + ", which is " + DEFAULT_DEADLINE
                            + " where it is not written, and Kubernetes rejects that; write " + DEADLINE
                            + " with more than " + ready);
        }
    }
}
