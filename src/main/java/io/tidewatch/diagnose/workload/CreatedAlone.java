package io.tidewatch.diagnose.workload;

import io.tidewatch.model.Counters;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.ScaleTargetView;
import java.util.Optional;

/** Of an object that is followed to its own count: where that count was not read, the number that the HPA gave it. */
record CreatedAlone(ScaleTargetView target) implements Revisions {

    @Override
    public Counters counted() {
        int created = target.created().orElse(target.desiredReplicas());
        return new Counters(created, created, created, created, created);
    }

    @Override
    public Optional<ReplicaSetView> current() {
        return Optional.empty();
    }

    @Override
    public Optional<ReplicaSetView> former() {
        return Optional.empty();
    }

    @Override
    public boolean isPromoted() {
        return true;
    }

    @Override
    public int mayBeDown() {
        return 0;
    }
}
