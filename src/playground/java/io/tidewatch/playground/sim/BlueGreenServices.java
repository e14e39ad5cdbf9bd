package io.tidewatch.playground.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The services of a blue-green: which ReplicaSet they select, and the switch from one to the next. */
final class BlueGreenServices {
    private static final String MANAGED_BY = "argo-rollouts.argoproj.io/managed-by-rollouts";

    private final RolloutState state;
    private String activeHash;
    private String previewHash;

    BlueGreenServices(RolloutState state) {
        this.state = state;
        this.activeHash = hashOf(state.rollout().activeService());
        this.previewHash = hashOf(state.rollout().previewService());
    }

    /** Why the Rollout's services make its spec invalid, if they do. */
    static Optional<String> invalid(RolloutState state) {
        RolloutView rollout = state.rollout();
        if (!rollout.isBlueGreen()) {
            return Optional.empty();
        }
        Map<String, String> desired = new LinkedHashMap<>();
        desired.put("activeService", rollout.activeService());
        if (!rollout.previewService().isEmpty()) {
            desired.put("previewService", rollout.previewService());
        }
        return desired.entrySet().stream()
                .filter(one -> !state.services().containsKey(one.getValue()))
                .map(one -> "spec.strategy.blueGreen.%s: Invalid value: \"%s\": service \"%s\" not found"
                        .formatted(one.getKey(), one.getValue(), one.getValue()))
                .findFirst();
    }

    String activeHash() {
        return activeHash;
    }

    String previewHash() {
        return previewHash;
    }

    /** The preview follows the new ReplicaSet at once. */
    List<Write> preview(RsCopy fresh) {
        List<Write> writes = switchTo(state.rollout().previewService(), previewHash, fresh.hash());
        previewHash = state.rollout().previewService().isEmpty() ? "" : fresh.hash();
        return writes;
    }

    /** The active service follows once the new ReplicaSet is saturated. */
    List<Write> cutOver(RsCopy fresh) {
        if (!fresh.isSaturated(state.rollout().replicas())) {
            return List.of();
        }
        List<Write> writes = switchTo(state.rollout().activeService(), activeHash, fresh.hash());
        activeHash = fresh.hash();
        return writes;
    }

    private List<Write> switchTo(String serviceName, String from, String to) {
        Live service = state.services().get(serviceName);
        if (service == null || (from.equals(to) && service.annotations().containsKey(MANAGED_BY))) {
            return List.of();
        }
        Map<String, Object> patch = new LinkedHashMap<>();
        patch.put("spec", Map.of("selector", Map.of(RsCopy.HASH_LABEL, to)));
        if (!service.annotations().containsKey(MANAGED_BY)) {
            patch.put(
                    "metadata",
                    Map.of(
                            "annotations",
                            Map.of(MANAGED_BY, state.rollout().live().name())));
        }
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.Patch(Kind.SERVICE, service.key(), patch));
        writes.add(Write.Announce.normal(
                Kind.ROLLOUT,
                state.rollout().live(),
                "SwitchService",
                "Switched selector for service '%s' from '%s' to '%s'".formatted(serviceName, from, to)));
        return writes;
    }

    private String hashOf(String serviceName) {
        Live service = state.services().get(serviceName);
        return service == null ? "" : service.text("spec", "selector", RsCopy.HASH_LABEL);
    }
}
