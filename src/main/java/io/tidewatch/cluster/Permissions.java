package io.tidewatch.cluster;

import io.tidewatch.model.cluster.Survey.Right;
import io.tidewatch.model.cluster.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The permissions that a reconciler needs, each with what it cannot do without the permission. */
public final class Permissions {

    private static final List<String> READ = List.of("list", "watch");
    private static final String KEDA = "keda.sh";
    private static final String ROLLOUTS = "argoproj.io";

    private Permissions() {}

    /**
     * @param writes whether anything is written at all
     * @param applies whether sources apply their objects
     */
    public static List<Right> needed(boolean writes, boolean applies) {
        List<Right> needed = new ArrayList<>();
        read(needed, KEDA, "scaledobjects", "cannot raise or check any minimum");
        read(needed, "autoscaling", "horizontalpodautoscalers", "cannot tell whether the HPA follows");
        read(needed, ROLLOUTS, "rollouts", "cannot tell whether the Rollout follows");
        read(needed, "apps", "replicasets", "cannot tell a stale status from a true one");
        read(needed, "", "pods", "cannot tell why pods are unavailable");
        read(
                needed,
                "",
                "events",
                "cannot add Events to the cause of a lag, or tell before a raise that pods found no node");
        read(needed, "", "resourcequotas", "cannot tell before a raise whether a quota leaves room for it");
        read(needed, "", "limitranges", "cannot tell before a raise whether a quota leaves room for it");
        if (writes) {
            needed.add(new Right("patch", KEDA, "scaledobjects", "", "cannot raise or lower any minimum"));
            needed.add(new Right("patch", "apps", "replicasets", "", "cannot nudge a ReplicaSet"));
            needed.add(new Right("create", "events.k8s.io", "events", "", "cannot write Events"));
        }
        if (writes && applies) {
            Stream.of("get", "create")
                    .forEach(verb ->
                            needed.add(new Right(verb, KEDA, "scaledobjects", "", "cannot create ScaledObjects")));
            Stream.of("get", "create")
                    .forEach(verb -> needed.add(new Right(verb, ROLLOUTS, "rollouts", "", "cannot create Rollouts")));
            needed.add(new Right("patch", ROLLOUTS, "rollouts", "", "cannot apply Rollouts"));
        }
        return List.copyOf(needed);
    }

    /**
     * The permissions in the namespaces whose targets use more than minimums of ScaledObjects and Rollouts.
     *
     * @param writes whether anything is written at all
     * @param applies whether sources apply their objects
     */
    static List<Right> of(Use use, boolean writes, boolean applies) {
        return switch (use) {
            case REMEDIES -> applies || !writes ? List.of() : ofRemedies();
            case RESTARTS -> ofRestarts();
            case HPAS -> writes ? ofHpas() : List.of();
            case DEPLOYMENTS -> ofDeployments();
            case STATEFUL_SETS -> ofStatefulSets();
            case APPLIED_DEPLOYMENTS -> writes ? ofApplied("apps", "deployments", "Deployments") : List.of();
            case APPLIED_STATEFUL_SETS -> writes ? ofApplied("apps", "statefulsets", "StatefulSets") : List.of();
            case APPLIED_HPAS -> writes ? ofApplied("autoscaling", "horizontalpodautoscalers", "HPAs") : List.of();
        };
    }

    /** The permissions in the namespaces with schedules that may restart a Rollout. */
    public static List<Right> ofRestarts() {
        List<Right> needed = new ArrayList<>();
        read(
                needed,
                "policy",
                "poddisruptionbudgets",
                "cannot tell before a restart whether a PodDisruptionBudget allows it");
        return List.copyOf(needed);
    }

    /** The permissions in the namespaces where a source applies objects of a further kind. */
    private static List<Right> ofApplied(String group, String resource, String objects) {
        return Stream.of("get", "create", "patch")
                .map(verb -> new Right(
                        verb, group, resource, "", "cannot " + (verb.equals("patch") ? "apply " : "create ") + objects))
                .toList();
    }

    /** The permissions in the namespaces where sources apply all further kinds. */
    public static List<Right> ofFurtherKinds() {
        return Stream.of(Use.APPLIED_DEPLOYMENTS, Use.APPLIED_STATEFUL_SETS, Use.APPLIED_HPAS)
                .flatMap(use -> of(use, true, true).stream())
                .toList();
    }

    /** The permissions in the namespaces with targets that scale Deployments. */
    public static List<Right> ofDeployments() {
        List<Right> needed = new ArrayList<>();
        read(needed, "apps", "deployments", "cannot tell whether the Deployment follows");
        return List.copyOf(needed);
    }

    /** The permissions in the namespaces with targets that scale StatefulSets. */
    public static List<Right> ofStatefulSets() {
        List<Right> needed = new ArrayList<>();
        read(needed, "apps", "statefulsets", "cannot tell whether the StatefulSet follows");
        return List.copyOf(needed);
    }

    /** The permissions in the namespaces with schedules that set the minimum of an HPA without KEDA. */
    public static List<Right> ofHpas() {
        return List.of(new Right(
                "patch",
                "autoscaling",
                "horizontalpodautoscalers",
                "",
                "cannot raise or lower the minimum of an HPA without KEDA"));
    }

    /** The permissions in the namespaces with schedules whose remedies change Rollouts. */
    public static List<Right> ofRemedies() {
        return List.of(new Right(
                "patch",
                ROLLOUTS,
                "rollouts",
                "",
                "cannot nudge or restart a Rollout, or extend its progress deadline"));
    }

    /** The permissions in the namespaces of the controllers only. */
    public static List<Right> ofControllers() {
        List<Right> needed = new ArrayList<>();
        read(needed, "apps", "deployments", "cannot tell the versions of the controllers, and gives no advice on them");
        read(needed, "coordination.k8s.io", "leases", "cannot tell from its Lease that a controller hangs");
        return List.copyOf(needed);
    }

    /** The permissions in the namespace of the Lease only, where several replicas run. */
    public static List<Right> ofElection() {
        return Stream.of("get", "create", "update")
                .map(verb -> new Right(
                        verb,
                        "coordination.k8s.io",
                        "leases",
                        "",
                        "cannot run in several replicas: no leader is elected"))
                .toList();
    }

    private static void read(List<Right> needed, String group, String resource, String consequence) {
        READ.forEach(verb -> needed.add(new Right(verb, group, resource, "", consequence)));
    }
}
