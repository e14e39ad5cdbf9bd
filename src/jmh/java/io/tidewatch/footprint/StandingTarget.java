package io.tidewatch.footprint;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A target that has long converged, as an API server serves it: a ScaledObject, its HPA, a Rollout, its ReplicaSet and pods, with the
 * fields that controllers, kubelet and API server add. What the schedule asks for stands there already, so nothing is to be written.
 *
 * @param window when the window began that is open
 */
record StandingTarget(String namespace, String name, int pods, Instant window) {

    private static final String HASH = "56c4d67679";

    /** By the path of each object, its text. */
    Map<String, String> objects() {
        Map<String, String> objects = new LinkedHashMap<>();
        objects.put(path("keda.sh/v1alpha1", "scaledobjects", name), filled(StandingTexts.SCALED_OBJECT));
        objects.put(path("autoscaling/v2", "horizontalpodautoscalers", "keda-hpa-" + name), filled(StandingTexts.HPA));
        objects.put(path("argoproj.io/v1alpha1", "rollouts", name), filled(StandingTexts.ROLLOUT));
        objects.put(path("apps/v1", "replicasets", name + "-" + HASH), filled(StandingTexts.REPLICA_SET));
        for (int number = 0; number < pods; number++) {
            String pod = name + "-" + HASH + "-" + uid("pod" + number).substring(0, 5);
            int place = Math.floorMod(pod.hashCode(), 12_500);
            objects.put(
                    "/api/v1/namespaces/" + namespace + "/pods/" + pod,
                    filled(StandingTexts.POD
                            .replace("$POD_UID", uid("pod" + number))
                            .replace("$POD", pod)
                            .replace("$IP", "10.244." + place / 250 + "." + place % 250)
                            .replace("$NODE", "worker-" + place / 250)));
        }
        return objects;
    }

    /** What Git has of it: a schedule whose window is always open. */
    String schedule() {
        return filled(StandingTexts.SCHEDULE);
    }

    /** The ScaledObject and the Rollout, as a team writes them. */
    String manifests() {
        return filled(StandingTexts.MANIFESTS);
    }

    private String path(String apiVersion, String plural, String object) {
        return "/apis/" + apiVersion + "/namespaces/" + namespace + "/" + plural + "/" + object;
    }

    /** The same at each run. */
    private String uid(String of) {
        String place = namespace + "/" + name + "/" + of;
        return UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private String filled(String text) {
        return text.replace("$NAMESPACE", namespace)
                .replace("$NAME", name)
                .replace("$HASH", HASH)
                .replace("$SCALED_OBJECT_UID", uid("scaledobject"))
                .replace("$HPA_UID", uid("hpa"))
                .replace("$ROLLOUT_UID", uid("rollout"))
                .replace("$REPLICA_SET_UID", uid("replicaset"))
                .replace("$PODS", Integer.toString(pods))
                .replace("$WINDOW", window.toString())
                .replace('\'', '"');
    }
}
