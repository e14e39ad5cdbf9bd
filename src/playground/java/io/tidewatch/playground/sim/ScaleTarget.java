package io.tidewatch.playground.sim;

import java.util.List;
import java.util.Optional;

/** What a ScaledObject or an HPA scales, as its {@code spec.scaleTargetRef} names it. */
record ScaleTarget(Kind kind, ObjectKey key) {
    private static final List<Kind> SCALABLE =
            List.of(Kind.ROLLOUT, Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.REPLICA_SET);

    /** Without a kind it is a Deployment, as for KEDA. Empty where nothing simulated has that kind. */
    static Optional<ScaleTarget> of(Live scaler) {
        String kind = scaler.text("spec", "scaleTargetRef", "kind");
        ObjectKey key = new ObjectKey(scaler.key().namespace(), scaler.text("spec", "scaleTargetRef", "name"));
        return kind.isEmpty()
                ? Optional.of(new ScaleTarget(Kind.DEPLOYMENT, key))
                : SCALABLE.stream()
                        .filter(one -> one.kindName().equals(kind))
                        .map(one -> new ScaleTarget(one, key))
                        .findFirst();
    }

    /** {@code deployments.apps "checkout"}, as messages name it. */
    String quoted() {
        return kind.qualifiedPlural() + " \"" + key.name() + "\"";
    }

    Write scaledTo(int replicas) {
        return new Write.SetScale(kind, key, replicas);
    }
}
