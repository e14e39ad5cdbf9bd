package io.tidewatch.playground.sim;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first metric of an HPA, in the words of kube-controller-manager. KEDA's HPAs have external ones. */
record HpaMetric(Live hpa, Optional<Map<String, Object>> spec) {
    static HpaMetric of(Live hpa) {
        return new HpaMetric(hpa, hpa.maps("spec", "metrics").stream().findFirst());
    }

    private boolean isExternal() {
        return spec.flatMap(one -> Fields.at(one, "external")).isPresent();
    }

    /** Whether some metric has a value while there are no pods. */
    boolean knowsZero() {
        return hpa.maps("spec", "metrics").stream()
                .anyMatch(one -> one.containsKey("external") || one.containsKey("object"));
    }

    /** {@code external metric s0-cron(…)}, or {@code cpu resource utilization (percentage of request)}. */
    String told() {
        return isExternal()
                ? "external metric " + external()
                : resource() + " resource utilization (percentage of request)";
    }

    /** The reason of the condition ScalingActive where there are no values. */
    String failed() {
        return isExternal() ? "FailedGetExternalMetric" : "FailedGetResourceMetric";
    }

    /** Why there are no values: nobody serves them. */
    String failure() {
        return isExternal()
                ? "unable to get external metric " + hpa.key().namespace() + "/" + external()
                        + ": unable to fetch metrics from external metrics API"
                : "failed to get %1$s utilization: unable to get metrics for resource %1$s: ".formatted(resource())
                        + "unable to fetch metrics from resource metrics API: "
                        + "the server could not find the requested resource (get pods.metrics.k8s.io)";
    }

    /** What the status lists for a metric without a value; an external one is left out, as KEDA's are in no recording. */
    List<Object> unknownValue() {
        return isExternal() ? List.of() : List.of(Map.of("type", ""));
    }

    /** The Events of the first sync without values. */
    List<Write> announceFailure() {
        if (isExternal()) {
            return List.of(warning("the HPA was unable to compute the replica count: " + failure()));
        }
        return List.of(
                warning(failure()),
                Write.Announce.warning(
                        Kind.HPA,
                        hpa,
                        "FailedComputeMetricsReplicas",
                        "invalid metrics (1 invalid out of 1), first error is: failed to get " + resource()
                                + " resource metric value: " + failure()));
    }

    private Write warning(String message) {
        return Write.Announce.warning(Kind.HPA, hpa, failed(), message);
    }

    /** An HPA without metrics gets one of cpu from the API server. */
    private String resource() {
        return spec.flatMap(one -> Fields.at(one, "resource", "name"))
                .map(Object::toString)
                .orElse("cpu");
    }

    private String external() {
        if (!hpa.labels().containsKey("scaledobject.keda.sh/name")) {
            return externalName() + "(nil)";
        }
        return externalName() + "(&LabelSelector{MatchLabels:map[string]string{scaledobject.keda.sh/name: "
                + hpa.labels().get("scaledobject.keda.sh/name")
                + ",},MatchExpressions:[]LabelSelectorRequirement{},})";
    }

    private String externalName() {
        return spec.flatMap(one -> Fields.at(one, "external", "metric", "name"))
                .map(Object::toString)
                .orElse("");
    }
}
