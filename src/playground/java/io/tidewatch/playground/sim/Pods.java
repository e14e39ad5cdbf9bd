package io.tidewatch.playground.sim;

import java.util.Map;

/** Reads facts from pods. */
final class Pods {
    private Pods() {}

    static boolean isReady(Live pod) {
        return pod.maps("status", "conditions").stream()
                .anyMatch(one -> "Ready".equals(one.get("type")) && "True".equals(one.get("status")));
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
