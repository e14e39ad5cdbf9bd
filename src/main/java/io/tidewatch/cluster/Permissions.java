package io.tidewatch.cluster;

import io.tidewatch.model.cluster.Survey.Right;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The rights that a reconciler needs, each with what cannot be done without it. */
final class Permissions {

    private static final List<String> READ = List.of("list", "watch");
    private static final String KEDA = "keda.sh";
    private static final String ROLLOUTS = "argoproj.io";

    private Permissions() {}

    /**
     * @param writes whether anything is written at all
     * @param applies whether sources apply their objects
     */
    static List<Right> needed(boolean writes, boolean applies) {
        List<Right> needed = new ArrayList<>();
        read(needed, KEDA, "scaledobjects", "no minimum is raised or checked");
        read(needed, "autoscaling", "horizontalpodautoscalers", "whether the HPA follows is not seen");
        read(needed, ROLLOUTS, "rollouts", "whether the Rollout follows is not seen");
        read(needed, "apps", "replicasets", "a stale status is not told from a true one");
        read(needed, "", "pods", "why pods are not available is not seen");
        read(needed, "", "events", "why a target lags is told without what its Events say");
        if (writes) {
            needed.add(new Right("patch", KEDA, "scaledobjects", "", "no minimum is raised or lowered"));
            needed.add(new Right("patch", "apps", "replicasets", "", "no ReplicaSet is nudged"));
            needed.add(new Right("create", "events.k8s.io", "events", "", "no Events are written"));
        }
        if (writes && applies) {
            Stream.of("get", "create")
                    .forEach(verb -> needed.add(
                            new Right(verb, KEDA, "scaledobjects", "", "new ScaledObjects are not created")));
            Stream.of("get", "create")
                    .forEach(verb ->
                            needed.add(new Right(verb, ROLLOUTS, "rollouts", "", "new Rollouts are not created")));
            needed.add(new Right("patch", ROLLOUTS, "rollouts", "", "no Rollout is applied"));
        }
        return List.copyOf(needed);
    }

    /** In the namespaces of controllers only. */
    static List<Right> ofControllers() {
        List<Right> needed = new ArrayList<>();
        read(needed, "apps", "deployments", "the controllers' versions are not known, nothing is advised");
        read(needed, "coordination.k8s.io", "leases", "a controller that hangs is not told by its Lease");
        return List.copyOf(needed);
    }

    private static void read(List<Right> needed, String group, String resource, String otherwise) {
        READ.forEach(verb -> needed.add(new Right(verb, group, resource, "", otherwise)));
    }
}
