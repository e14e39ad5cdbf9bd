package io.tidewatch.playground.sim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ReplicaSet that the Rollouts controller creates for a pod template: size 0, scaled in its next step. */
final class ReplicaSetTemplate {
    private static final Set<String> NOT_COPIED = Set.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            RsCopy.REVISION,
            RsCopy.REVISION_HISTORY,
            RsCopy.DESIRED,
            "notified.notifications.argoproj.io");

    private ReplicaSetTemplate() {}

    /** Whether the Rollout's annotation of this name goes to its new ReplicaSet as well. */
    static boolean isCopied(String annotation) {
        return !NOT_COPIED.contains(annotation);
    }

    static Map<String, Object> of(RolloutView rollout, String hash, int revision) {
        Live owner = rollout.live();
        Map<String, Object> labels = labelled(
                Fields.map(Fields.at(rollout.template(), "metadata", "labels").orElse(Map.of())), hash);
        Map<String, Object> annotations = new LinkedHashMap<>();
        owner.annotations().forEach((name, value) -> {
            if (isCopied(name)) {
                annotations.put(name, value);
            }
        });
        annotations.put(RsCopy.DESIRED, "" + rollout.replicas());
        annotations.put(RsCopy.REVISION, "" + revision);
        Map<String, Object> template = new LinkedHashMap<>(rollout.template());
        Map<String, Object> templateMeta =
                Fields.map(Fields.at(template, "metadata").orElse(Map.of()));
        templateMeta.put("labels", labels);
        template.put("metadata", templateMeta);
        return Fields.tree(
                "apiVersion", Kind.REPLICA_SET.apiVersion(),
                "kind", Kind.REPLICA_SET.kindName(),
                "metadata",
                        Fields.tree(
                                "name",
                                owner.name() + "-" + hash,
                                "namespace",
                                owner.key().namespace(),
                                "labels",
                                labels,
                                "annotations",
                                annotations,
                                "ownerReferences",
                                List.of(owner(Kind.ROLLOUT, owner))),
                "spec",
                        Fields.tree(
                                "replicas",
                                0,
                                "minReadySeconds",
                                Fields.unlessZero(owner.integer("spec", "minReadySeconds")),
                                "selector",
                                Map.of("matchLabels", labelled(rollout.selectorLabels(), hash)),
                                "template",
                                template));
    }

    static Map<String, Object> owner(Kind kind, Live owner) {
        return Fields.tree(
                "apiVersion", kind.apiVersion(),
                "kind", kind.kindName(),
                "name", owner.name(),
                "uid", owner.uid(),
                "controller", true,
                "blockOwnerDeletion", true);
    }

    private static Map<String, Object> labelled(Map<String, Object> labels, String hash) {
        Map<String, Object> more = new LinkedHashMap<>(labels);
        more.put(RsCopy.HASH_LABEL, hash);
        return more;
    }
}
