package io.tidewatch.playground.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** One sync of the horizontal pod autoscaler: kube-controller-manager, {@code horizontal.go}, {@code reconcileAutoscaler}. */
final class HpaSync {
    static final int DEFAULT_WINDOW_SECONDS = 300;
    private static final String SCALED_TO_ZERO = "ScaledToZero";

    private final Live hpa;
    private final ScaleTarget ref;
    private final Live target;
    private final HpaMetric metric;
    private final boolean scaleToZero;
    private final Instant now;
    private final List<Map<String, Object>> conditions;
    private final List<Write> writes = new ArrayList<>();
    private List<Object> unknown = List.of();

    private HpaSync(Live hpa, ScaleTarget ref, Live target, boolean scaleToZero, Instant now) {
        this.scaleToZero = scaleToZero;
        this.hpa = hpa;
        this.ref = ref;
        this.metric = HpaMetric.of(hpa);
        this.target = target;
        this.now = now;
        this.conditions = new ArrayList<>(hpa.maps("status", "conditions"));
    }

    static Duration window(Live hpa) {
        return Duration.ofSeconds(
                hpa.integerOr(DEFAULT_WINDOW_SECONDS, "spec", "behavior", "scaleDown", "stabilizationWindowSeconds"));
    }

    /**
     * @param recommended the recommendation of the metrics now; absent where there are no metrics
     * @param recent earlier recommendations of this HPA, to which this sync adds its own
     * @param scaleToZero whether the feature gate HPAScaleToZero is on
     */
    static List<Write> decide(
            Live hpa,
            ScaleTarget ref,
            Live target,
            OptionalInt recommended,
            Recommendations recent,
            boolean scaleToZero,
            Instant now) {
        return new HpaSync(hpa, ref, target, scaleToZero, now).decide(recommended, recent);
    }

    private List<Write> decide(OptionalInt recommended, Recommendations recent) {
        int current = target.integerOr(1, "spec", "replicas");
        int min = hpa.integerOr(1, "spec", "minReplicas");
        int max = hpa.integer("spec", "maxReplicas");
        recent.begin(now, current);
        if (current == 0 && !leavesZero(min)) {
            condition(
                    "AbleToScale",
                    "True",
                    "SucceededGetScale",
                    "the HPA controller was able to get the target's current scale");
            condition(
                    "ScalingActive",
                    "False",
                    "ScalingDisabled",
                    "scaling is disabled since the replica count of the target is zero");
            return status(0, 0, false);
        }
        if (current > max) {
            return rescale(current, max, "Current number of replicas above Spec.MaxReplicas");
        }
        if (current > 0 && current < min) {
            return rescale(current, min, "Current number of replicas below Spec.MinReplicas");
        }
        return recommended.isPresent()
                ? byMetrics(recommended.getAsInt(), recent, current, min, max)
                : withoutMetrics(current);
    }

    /** Only from a zero to which the HPA itself has scaled. */
    private boolean leavesZero(int min) {
        boolean own = conditions.stream()
                .anyMatch(one -> SCALED_TO_ZERO.equals(one.get("type")) && "True".equals(one.get("status")));
        return scaleToZero && own && (min > 0 || metric.knowsZero());
    }

    /** Nothing is scaled down, nor up beyond the minimum. */
    private List<Write> withoutMetrics(int current) {
        condition(
                "AbleToScale",
                "True",
                "SucceededGetScale",
                "the HPA controller was able to get the target's current scale");
        boolean known = conditions.stream().anyMatch(one -> metric.failed().equals(one.get("reason")));
        condition(
                "ScalingActive",
                "False",
                metric.failed(),
                "the HPA was unable to compute the replica count: " + metric.failure());
        if (!known) {
            writes.addAll(metric.announceFailure());
        }
        unknown = metric.unknownValue();
        return status(current, hpa.integerOr(current, "status", "desiredReplicas"), false);
    }

    private List<Write> byMetrics(int recommended, Recommendations recent, int current, int min, int max) {
        condition(
                "ScalingActive",
                "True",
                "ValidMetricFound",
                "the HPA was able to successfully calculate a replica count from " + metric.told());
        int stabilized = recent.highestWith(recommended, now, window(hpa));
        stabilization(recommended, stabilized);
        int desired = limited(stabilized, min, max);
        if (desired < current && isScaleInDisabled()) {
            condition(
                    "ScalingLimited",
                    "True",
                    "ScaleDownLimit",
                    "the desired replica count is decreasing faster than the maximum scale rate");
            desired = current;
        }
        if (desired == current) {
            return status(current, current, false);
        }
        return rescale(
                current, desired, desired > current ? metric.told() + " above target" : "All metrics below target");
    }

    private boolean isScaleInDisabled() {
        return hpa.text("spec", "behavior", "scaleDown", "selectPolicy").equals("Disabled");
    }

    private void stabilization(int recommended, int stabilized) {
        if (stabilized != recommended) {
            condition(
                    "AbleToScale",
                    "True",
                    "ScaleDownStabilized",
                    "recent recommendations were higher than current one, applying the highest recent recommendation");
        } else {
            condition("AbleToScale", "True", "ReadyForNewScale", "recommended size matches current size");
        }
    }

    private int limited(int stabilized, int min, int max) {
        if (stabilized < min) {
            condition(
                    "ScalingLimited",
                    "True",
                    "TooFewReplicas",
                    "the desired replica count is less than the minimum replica count");
            return min;
        }
        if (stabilized > max) {
            condition(
                    "ScalingLimited",
                    "True",
                    "TooManyReplicas",
                    "the desired replica count is more than the maximum replica count");
            return max;
        }
        condition("ScalingLimited", "False", "DesiredWithinRange", "the desired count is within the acceptable range");
        return stabilized;
    }

    private List<Write> rescale(int current, int desired, String why) {
        writes.add(ref.scaledTo(desired));
        condition(
                "AbleToScale",
                "True",
                "SucceededRescale",
                "the HPA controller was able to update the target scale to " + desired);
        if (scaleToZero) {
            boolean zero = desired == 0 && metric.knowsZero();
            condition(
                    SCALED_TO_ZERO,
                    zero ? "True" : "False",
                    zero ? "ScaledToZero" : "NotScaledToZero",
                    zero
                            ? "the HPA controller scaled the workload to zero"
                            : "the HPA controller did not scale the workload to zero");
        }
        writes.add(
                Write.Announce.normal(Kind.HPA, hpa, "SuccessfulRescale", "New size: " + desired + "; reason: " + why));
        return status(current, desired, true);
    }

    private List<Write> status(int current, int desired, boolean rescaled) {
        Map<String, Object> before = hpa.map("status");
        Map<String, Object> after = new LinkedHashMap<>(before);
        after.put("currentReplicas", current);
        after.put("desiredReplicas", desired);
        after.put("conditions", Fields.copyOf(conditions));
        if (!unknown.isEmpty()) {
            after.put("currentMetrics", unknown);
        } else {
            after.remove("currentMetrics", metric.unknownValue());
        }
        if (rescaled) {
            after.put("lastScaleTime", second());
        }
        Map<String, Object> patch = Fields.mergePatch(before, after);
        if (!patch.isEmpty()) {
            writes.add(new Write.PatchStatus(Kind.HPA, hpa.key(), patch));
        }
        return writes;
    }

    private void condition(String type, String status, String reason, String message) {
        Map<String, Object> desired = Fields.tree(
                "lastTransitionTime", second(),
                "message", message,
                "reason", reason,
                "status", status,
                "type", type);
        for (int i = 0; i < conditions.size(); i++) {
            Map<String, Object> old = conditions.get(i);
            if (type.equals(old.get("type"))) {
                if (status.equals(old.get("status"))) {
                    desired.put("lastTransitionTime", old.get("lastTransitionTime"));
                }
                conditions.set(i, desired);
                return;
            }
        }
        conditions.add(desired);
    }

    private String second() {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
