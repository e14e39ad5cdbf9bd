package io.tidewatch.observe;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words that many pods repeat, kept in memory once. */
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

    private Vocabulary() {}

    static String shared(String word) {
        return WORDS.getOrDefault(word, word);
    }
}
