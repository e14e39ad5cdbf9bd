package io.tidewatch.edgecase;

import java.util.Map;
import java.util.TreeMap;

/**
 * The files of a commit: the Rollout, its ScaledObject and the schedule of the target {@code checkout}. The texts of a case differ from the usual
 * ones in what the case is about.
 */
record Files(String rollout, String scaledObject, String schedule) {

    /** Baseline 5, at most 20; 7 from 22:30 to 02:00 in Seoul. */
    static final Files USUAL = new Files("""
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: checkout, namespace: shop}
            spec:
              progressDeadlineSeconds: 600
              selector: {matchLabels: {app: checkout}}
              strategy: {canary: {maxSurge: 25%, maxUnavailable: 0}}
              template:
                metadata: {labels: {app: checkout}}
                spec: {containers: [{name: app, image: "app:1"}]}
            """, """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: checkout, namespace: shop}
            spec:
              scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: checkout}
              minReplicaCount: 5
              maxReplicaCount: 20
              triggers: [{type: metrics-api, metadata: {url: "http://load/", valueLocation: jobs, targetValue: "10"}}]
            """, """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: checkout-midnight, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: Asia/Seoul
              windows:
                - {name: midnight-peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 7}
            """);

    Files scaledObject(String from, String to) {
        return new Files(rollout, changed(scaledObject, from, to), schedule);
    }

    Files schedule(String from, String to) {
        return new Files(rollout, scaledObject, changed(schedule, from, to));
    }

    Files rollout(String from, String to) {
        return new Files(changed(rollout, from, to), scaledObject, schedule);
    }

    /** The schedule, and nothing else of it, is gone; or it has this text. */
    Files withSchedule(String text) {
        return new Files(rollout, scaledObject, text);
    }

    private static String changed(String text, String from, String to) {
        if (!text.contains(from)) {
            throw new IllegalArgumentException("no \"" + from + "\" in\n" + text);
        }
        return text.replace(from, to);
    }

    /** A text that is empty is a file that the commit does not have. */
    Map<String, String> byPath() {
        Map<String, String> files = new TreeMap<>(
                Map.of("rollout.yaml", rollout, "scaledobject.yaml", scaledObject, "schedule.yaml", schedule));
        files.values().removeIf(String::isEmpty);
        return files;
    }
}
