package io.tidewatch.definition.read;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.DeletedClaims;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.definition.AutoscalerSpec;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.yaml.Content;
import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Node;
import io.tidewatch.yaml.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object that matters to objects beside it, whether it is applied or not: a HorizontalPodAutoscaler, a Deployment, a StatefulSet or
 * a ScaledJob.
 *
 * @param line at which its document begins
 * @param scales what a HorizontalPodAutoscaler scales; absent for others, and where an annotation tells KEDA to ignore it
 * @param hpa the bounds of a HorizontalPodAutoscaler; absent for others
 * @param claims those that a StatefulSet deletes when it is scaled down; absent where it keeps them
 */
public record Neighbour(
        String kind,
        String namespace,
        String name,
        int line,
        Optional<Workload> scales,
        Optional<AutoscalerSpec> hpa,
        Optional<DeletedClaims> claims) {

    static final String HPA = AutoscalerKind.HPA.kind();
    private static final String DEPLOYMENT = "Deployment";
    private static final String STATEFUL_SET = "StatefulSet";
    private static final String SCALED_JOB = "ScaledJob";

    /** KEDA ignores a HorizontalPodAutoscaler whose annotation says "false". */
    private static final String VALIDATED = "validations.keda.sh/hpa-ownership";

    static Optional<Neighbour> of(Place root, String apiVersion, String kind, Origin origin) {
        boolean isHpa = kind.equals(HPA) && apiVersion.startsWith("autoscaling/");
        boolean isDeployment = kind.equals(DEPLOYMENT) && apiVersion.equals("apps/v1");
        boolean isStatefulSet = kind.equals(STATEFUL_SET) && apiVersion.equals("apps/v1");
        boolean isScaledJob = kind.equals(SCALED_JOB) && apiVersion.startsWith("keda.sh/");
        Optional<Place> metadata = root.field("metadata");
        Optional<String> name = metadata.flatMap(place -> text(place, "name"));
        if (name.isEmpty() || !(isHpa || isDeployment || isStatefulSet || isScaledJob)) {
            return Optional.empty();
        }
        String namespace = metadata.flatMap(place -> text(place, "namespace")).orElse("default");
        boolean isIgnored = metadata.flatMap(place -> place.field("annotations"))
                .flatMap(annotations -> text(annotations, VALIDATED))
                .filter("false"::equals)
                .isPresent();
        Optional<Workload> scales = isHpa && !isIgnored
                ? root.field("spec")
                        .flatMap(spec -> spec.field("scaleTargetRef"))
                        .map(ref -> Workload.of(
                                namespace,
                                text(ref, "apiVersion").orElse(""),
                                text(ref, "kind").orElse(""),
                                text(ref, "name").orElse("")))
                : Optional.empty();
        Optional<AutoscalerSpec> hpa =
                isHpa ? hpa(root, new ObjectKey(apiVersion, HPA, namespace, name.get()), origin) : Optional.empty();
        Optional<DeletedClaims> claims = isStatefulSet ? claims(root, name.get()) : Optional.empty();
        return Optional.of(new Neighbour(kind, namespace, name.get(), root.line(), scales, hpa, claims));
    }

    private static Optional<DeletedClaims> claims(Place root, String name) {
        Optional<Place> spec = root.field("spec");
        boolean deletes = spec.flatMap(fields -> fields.field("persistentVolumeClaimRetentionPolicy"))
                .flatMap(policy -> text(policy, "whenScaled"))
                .filter("Delete"::equals)
                .isPresent();
        List<String> templates =
                spec
                        .flatMap(fields -> fields.field("volumeClaimTemplates"))
                        .map(Place::items)
                        .orElse(List.of())
                        .stream()
                        .flatMap(template -> template.field("metadata").stream())
                        .flatMap(metadata -> text(metadata, "name").stream())
                        .toList();
        int first = spec.flatMap(fields -> fields.field("ordinals"))
                .flatMap(ordinals -> ordinals.field("start"))
                .flatMap(Neighbour::count)
                .orElse(0);
        return deletes && !templates.isEmpty()
                ? Optional.of(new DeletedClaims(name, first, templates))
                : Optional.empty();
    }

    private static Optional<Integer> count(Place place) {
        return place.node() instanceof Node.Scalar scalar && scalar.value() instanceof Integer number && number >= 0
                ? Optional.of(number)
                : Optional.empty();
    }

    /** What is wrong in it is no problem of the source, because it is not applied. */
    private static Optional<AutoscalerSpec> hpa(Place root, ObjectKey key, Origin origin) {
        Map<String, Object> content = new Content(new Findings(origin.file())).of(root);
        return AutoscalerSpec.of(new Manifest(key, content, origin));
    }

    /** The same, whose bounds are in a manifest. */
    Neighbour asManifest() {
        return new Neighbour(kind, namespace, name, line, scales, Optional.empty(), claims);
    }

    /** Whether it is a Deployment of apps/v1. */
    public boolean isDeployment() {
        return kind.equals(DEPLOYMENT);
    }

    /** Whether it is a ScaledJob of KEDA. */
    public boolean isScaledJob() {
        return kind.equals(SCALED_JOB);
    }

    private static Optional<String> text(Place place, String field) {
        return place.field(field).flatMap(Place::text);
    }
}
