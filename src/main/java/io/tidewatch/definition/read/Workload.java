package io.tidewatch.definition.read;

import io.tidewatch.model.definition.AutoscalerSpec;
import io.tidewatch.model.definition.Manifest;
import java.util.Map;
import java.util.Set;

/**
 * What an autoscaler scales.
 *
 * @param group of the API, without its version
 */
public record Workload(String namespace, String group, String kind, String name) {

    private static final String APPS = "apps";
    private static final String ROLLOUTS = "argoproj.io";
    private static final Set<String> APPS_FOLLOWED = Set.of("Deployment", "StatefulSet");
    private static final String DEFAULT_VERSION = "apps/v1";
    private static final String DEFAULT_KIND = "Deployment";

    /** As KEDA reads {@code spec.scaleTargetRef}: without apiVersion it is apps/v1, without kind a Deployment. */
    public static Workload of(Manifest scaledObject) {
        Map<?, ?> ref = AutoscalerSpec.object(AutoscalerSpec.object(scaledObject.content(), "spec"), "scaleTargetRef");
        return of(
                scaledObject.key().namespace(),
                text(ref, "apiVersion", DEFAULT_VERSION),
                text(ref, "kind", DEFAULT_KIND),
                text(ref, "name", ""));
    }

    /** What a declared autoscaler scales. */
    public static Workload of(AutoscalerSpec autoscaler) {
        return new Workload(
                autoscaler.target().namespace(),
                autoscaler.targetGroup(),
                autoscaler.targetKind(),
                autoscaler.targetName());
    }

    static Workload of(String namespace, String apiVersion, String kind, String name) {
        return new Workload(namespace, apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/'))), kind, name);
    }

    /** Whether Tidewatch follows its pods; of any other kind only a number of replicas is known. */
    public boolean isFollowed() {
        return group.equals(APPS) ? APPS_FOLLOWED.contains(kind) : kind.equals(Kinds.ROLLOUT) && group.equals(ROLLOUTS);
    }

    /** The kind with its group, as {@code CloneSet of apps.kruise.io}. */
    public String kindWithGroup() {
        return group.isEmpty() ? kind : kind + " of " + group;
    }

    @Override
    public String toString() {
        return kind + " " + namespace + "/" + name;
    }

    private static String text(Map<?, ?> ref, String name, String absent) {
        return ref.get(name) instanceof String text ? text : absent;
    }
}
