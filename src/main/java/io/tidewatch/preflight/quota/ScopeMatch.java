package io.tidewatch.preflight.quota;

import io.tidewatch.model.cluster.ResourceQuotaView;
import io.tidewatch.model.cluster.ResourceQuotaView.Scope;
import java.util.List;
import java.util.Optional;

/** Whether a quota counts a pod: all of its scopes must match. */
final class ScopeMatch {

    enum Answer {
        YES,
        NO,
        UNKNOWN
    }

    private ScopeMatch() {}

    /** The first answer that is not yes decides; a no goes before an unknown. */
    static Answer of(ResourceQuotaView quota, AdmittedPod pod) {
        List<Answer> answers =
                quota.scopes().stream().map(scope -> of(scope, pod)).toList();
        if (answers.contains(Answer.NO)) {
            return Answer.NO;
        }
        return answers.contains(Answer.UNKNOWN) ? Answer.UNKNOWN : Answer.YES;
    }

    private static Answer of(Scope scope, AdmittedPod pod) {
        return switch (scope.name()) {
            case "Terminating" -> answer(pod.template().hasDeadline());
            case "NotTerminating" -> answer(!pod.template().hasDeadline());
            case "BestEffort" -> answer(pod.isBestEffort());
            case "NotBestEffort" -> answer(!pod.isBestEffort());
            case "CrossNamespacePodAffinity" -> answer(pod.template().crossNamespaceAffinity());
            case "PriorityClass" -> priority(scope, pod.template().priorityClass());
            case "VolumeAttributesClass" -> Answer.NO;
            default -> Answer.UNKNOWN;
        };
    }

    /** A pod without a class may get the cluster's default class, which is not known. */
    private static Answer priority(Scope scope, Optional<String> name) {
        if (name.isEmpty()) {
            return Answer.UNKNOWN;
        }
        return switch (scope.operator()) {
            case "Exists" -> Answer.YES;
            case "DoesNotExist" -> Answer.NO;
            case "In" -> answer(scope.values().contains(name.get()));
            case "NotIn" -> answer(!scope.values().contains(name.get()));
            default -> Answer.UNKNOWN;
        };
    }

    private static Answer answer(boolean matches) {
        return matches ? Answer.YES : Answer.NO;
    }
}
