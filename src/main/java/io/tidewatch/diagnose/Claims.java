package io.tidewatch.diagnose;

import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.diagnosis.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What other tools say of a target, by their own rules on the objects that were seen: {@code kubectl argo rollouts status}, and Argo CD's
 * health checks of a Rollout and of a ScaledObject. Each of them looks at one object alone.
 */
final class Claims {

    private static final String PROGRESSING = "Progressing";
    private static final String WORKLOAD_GENERATION = "rollout.argoproj.io/workload-generation";

    private Claims() {}

    static List<Claim> of(TargetObservation seen) {
        List<Claim> claims = new ArrayList<>();
        seen.rollout().ifPresent(rollout -> {
            claims.add(new Claim("Argo Rollouts", argoRollouts(rollout)));
            claims.add(new Claim("Argo CD, Rollout", argoCd(rollout)));
        });
        seen.scaledObject().ifPresent(found -> claims.add(new Claim("Argo CD, ScaledObject", argoCd(found))));
        return claims;
    }

    private static String argoRollouts(RolloutView rollout) {
        boolean isUnpausing = rollout.status().controllerPause()
                && rollout.status().pauseReasons().isEmpty();
        return isUnpausing || !isSeenByItsController(rollout) ? PROGRESSING : phase(rollout);
    }

    private static String argoCd(RolloutView rollout) {
        String phase = isSeenByItsController(rollout) ? phase(rollout) : PROGRESSING;
        return phase.equals("Paused") ? "Suspended" : phase;
    }

    private static String argoCd(ScaledObjectView found) {
        Map<String, Condition> conditions = found.conditions();
        if (isFalse(conditions, "Ready") || isTrue(conditions, "Fallback")) {
            return "Degraded";
        }
        if (!isTrue(conditions, "Ready")) {
            return PROGRESSING;
        }
        return isTrue(conditions, "Paused") ? "Suspended" : "Healthy";
    }

    /** A status without a phase says nothing yet. */
    private static String phase(RolloutView rollout) {
        return rollout.status().phase().isEmpty()
                ? PROGRESSING
                : rollout.status().phase();
    }

    private static boolean isSeenByItsController(RolloutView rollout) {
        Optional<String> asked = rollout.meta().annotation(WORKLOAD_GENERATION);
        return rollout.isObserved()
                && (!rollout.usesWorkloadRef()
                        || asked.isEmpty()
                        || asked.get().equals(rollout.status().workloadObservedGeneration()));
    }

    private static boolean isTrue(Map<String, Condition> conditions, String type) {
        return Optional.ofNullable(conditions.get(type))
                .filter(Condition::isTrue)
                .isPresent();
    }

    private static boolean isFalse(Map<String, Condition> conditions, String type) {
        return Optional.ofNullable(conditions.get(type))
                .filter(Condition::isFalse)
                .isPresent();
    }
}
