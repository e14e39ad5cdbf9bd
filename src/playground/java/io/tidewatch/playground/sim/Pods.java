package io.tidewatch.playground.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Reads facts from pods. */
final class Pods {
    private Pods() {}

    static boolean isReady(Live pod) {
        return pod.maps("status", "conditions").stream()
                .anyMatch(one -> "Ready".equals(one.get("type")) && "True".equals(one.get("status")));
    }

    /** Ready for at least so long. */
    static boolean isAvailable(Live pod, int minReadySeconds, Instant now) {
        return isReady(pod) && untilAvailable(pod, minReadySeconds, now).isEmpty();
    }

    /** How long a ready pod still has to stay so; empty where it is not ready, or available already. */
    static Optional<Duration> untilAvailable(Live pod, int minReadySeconds, Instant now) {
        if (minReadySeconds == 0) {
            return Optional.empty();
        }
        return pod.maps("status", "conditions").stream()
                .filter(one -> "Ready".equals(one.get("type")) && "True".equals(one.get("status")))
                .map(one -> Instant.parse(String.valueOf(one.get("lastTransitionTime"))))
                .map(since -> Duration.between(now, since.plusSeconds(minReadySeconds)))
                .filter(left -> !left.isNegative() && !left.isZero())
                .findFirst();
    }

    static boolean isBound(Live pod) {
        return !pod.text("spec", "nodeName").isEmpty();
    }

    static boolean isMarkedUnschedulable(Live pod, String message) {
        return pod.maps("status", "conditions").stream()
                .anyMatch(one -> "Unschedulable".equals(one.get("reason")) && message.equals(one.get("message")));
    }

    static Map<String, Object> condition(String type, boolean status, String at) {
        return Fields.tree("lastTransitionTime", at, "status", status ? "True" : "False", "type", type);
    }
}
