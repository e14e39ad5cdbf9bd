package io.tidewatch.observe;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words that many objects repeat, kept in memory once: those that are known beforehand, and those that were read before. */
final class Vocabulary {

    private static final Map<String, String> WORDS = Stream.of(
                    "",
                    "True",
                    "False",
                    "Unknown",
                    "Ready",
                    "PodScheduled",
                    "Initialized",
                    "ContainersReady",
                    "DisruptionTarget",
                    "Running",
                    "Pending",
                    "Failed",
                    "Succeeded",
                    "Rollout",
                    "Deployment",
                    "StatefulSet",
                    "ReplicaSet",
                    "Pod",
                    "ScaledObject",
                    "HorizontalPodAutoscaler",
                    "Unschedulable",
                    "ContainersNotReady",
                    "ContainersNotInitialized",
                    "ReplicaFailure",
                    "FailedCreate",
                    "Available",
                    "Progressing",
                    "Healthy",
                    "Completed",
                    "Paused",
                    "InvalidSpec",
                    "Active",
                    "Fallback",
                    "AbleToScale",
                    "ScalingActive",
                    "ScalingLimited",
                    "Normal",
                    "Warning",
                    "Update",
                    "Apply",
                    "status",
                    "kube-controller-manager",
                    "rollouts-controller",
                    "kubelet",
                    "keda",
                    "Scheduled",
                    "SuccessfulCreate",
                    "SuccessfulDelete",
                    "ScalingReplicaSet")
            .collect(Collectors.toUnmodifiableMap(Function.identity(), Function.identity()));

    private static final Shared<String> READ = new Shared<>(16_384);

    private Vocabulary() {}

    static String shared(String word) {
        String known = WORDS.get(word);
        return known == null ? READ.of(word) : known;
    }
}
