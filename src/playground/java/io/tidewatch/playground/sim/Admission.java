package io.tidewatch.playground.sim;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Decides whether the API server admits another pod to a namespace: by its ResourceQuotas and by a webhook. */
final class Admission {
    private final Caches caches;
    private final Map<String, String> denied = new ConcurrentHashMap<>();

    Admission(Caches caches) {
        this.caches = caches;
    }

    void deny(String namespace, String reason) {
        denied.put(namespace, reason);
    }

    void allow(String namespace) {
        denied.remove(namespace);
    }

    /**
     * The API server's message, if it rejects the pod.
     *
     * @param created pods that were created a moment ago and that no cache shows yet
     */
    Optional<String> refuses(String namespace, String pod, int created) {
        Optional<String> webhook = Optional.ofNullable(denied.get(namespace))
                .map(reason -> "admission webhook \"pods.policy.example.com\" denied the request: " + reason);
        return webhook.or(() -> exceeded(namespace, pod, created));
    }

    private Optional<String> exceeded(String namespace, String pod, int created) {
        long used = created
                + caches.all(Kind.POD).stream()
                        .filter(one -> one.key().namespace().equals(namespace))
                        .count();
        return caches.all(Kind.RESOURCE_QUOTA).stream()
                .filter(one -> one.key().namespace().equals(namespace))
                .filter(one ->
                        one.has("spec", "hard", "pods") && used >= Integer.parseInt(one.text("spec", "hard", "pods")))
                .map(one ->
                        "pods \"%s\" is forbidden: exceeded quota: %s, requested: pods=1, used: pods=%d, limited: pods=%s"
                                .formatted(pod, one.name(), used, one.text("spec", "hard", "pods")))
                .findFirst();
    }
}
