package io.tidewatch.definition.check;

import io.tidewatch.definition.read.Kinds;
import io.tidewatch.definition.read.Neighbour;
import io.tidewatch.definition.read.ReadFile;
import io.tidewatch.definition.read.Workload;
import io.tidewatch.model.DeletedClaims;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.AutoscalerSpec;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.Origin;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows which object scales each workload of a source. Of two the first counts, as in KEDA's webhook. */
final class Scalers {

    private static final String DEFAULT_HPA_NAME = "keda-hpa-";

    private final Map<Workload, Manifest> scaledObjects = new HashMap<>();
    private final Map<String, Manifest> byHpaName = new HashMap<>();
    private final Map<Workload, Hpa> hpas = new HashMap<>();
    private final Set<Workload> deployments = new HashSet<>();
    private final Map<Workload, Claims> claims = new HashMap<>();
    private final Map<Target, Origin> scaledJobs = new HashMap<>();

    /** A HorizontalPodAutoscaler in Git. */
    record Hpa(String name, Origin origin) {}

    /** The claims that a StatefulSet deletes when it is scaled down, and where it is defined. */
    record Claims(DeletedClaims deleted, Origin origin) {}

    void add(Manifest manifest) {
        if (manifest.key().kind().equals(Kinds.SCALED_OBJECT)) {
            scaledObjects.putIfAbsent(Workload.of(manifest), manifest);
            byHpaName.putIfAbsent(manifest.key().namespace() + "/" + hpaName(manifest), manifest);
        }
    }

    void add(ReadFile file) {
        for (Neighbour neighbour : file.neighbours()) {
            Origin origin = new Origin("", file.path(), neighbour.line());
            neighbour.scales().ifPresent(workload -> hpas.putIfAbsent(workload, new Hpa(neighbour.name(), origin)));
            neighbour
                    .claims()
                    .ifPresent(deleted -> claims.putIfAbsent(workload(neighbour), new Claims(deleted, origin)));
            if (neighbour.isScaledJob()) {
                scaledJobs.putIfAbsent(new Target(neighbour.namespace(), neighbour.name()), origin);
            }
            if (neighbour.isDeployment()) {
                deployments.add(workload(neighbour));
            }
        }
    }

    /** Of a Deployment or StatefulSet. */
    private static Workload workload(Neighbour neighbour) {
        return new Workload(neighbour.namespace(), "apps", neighbour.kind(), neighbour.name());
    }

    /** The claims that scaling the workload down deletes; absent where they are kept, or the source does not have it. */
    Optional<Claims> claimsOf(Workload workload) {
        return Optional.ofNullable(claims.get(workload));
    }

    /** The ScaledObject that scales the same workload and was there before. */
    Optional<Manifest> before(Manifest scaledObject) {
        return other(scaledObjects.get(Workload.of(scaledObject)), scaledObject);
    }

    /** The ScaledObject whose HPA has the same name and was there before. */
    Optional<Manifest> ofTheSameHpa(Manifest scaledObject) {
        return other(byHpaName.get(scaledObject.key().namespace() + "/" + hpaName(scaledObject)), scaledObject);
    }

    private static Optional<Manifest> other(@Nullable Manifest first, Manifest scaledObject) {
        return Optional.ofNullable(first).filter(so -> !so.key().equals(scaledObject.key()));
    }

    /** The ScaledObject whose HPA has this name. */
    Optional<Manifest> ownerOfHpa(String namespace, String name) {
        return Optional.ofNullable(byHpaName.get(namespace + "/" + name));
    }

    Optional<Hpa> hpaOf(Workload workload) {
        return Optional.ofNullable(hpas.get(workload));
    }

    /** Where a ScaledJob of this name is defined. */
    Optional<Origin> scaledJob(Target named) {
        return Optional.ofNullable(scaledJobs.get(named));
    }

    boolean hasDeployment(Workload workload) {
        return deployments.contains(workload);
    }

    /** The name that KEDA gives the HPA of a ScaledObject. */
    static String hpaName(Manifest scaledObject) {
        Map<?, ?> advanced = AutoscalerSpec.object(AutoscalerSpec.object(scaledObject.content(), "spec"), "advanced");
        return AutoscalerSpec.object(advanced, "horizontalPodAutoscalerConfig").get("name") instanceof String name
                        && !name.isEmpty()
                ? name
                : DEFAULT_HPA_NAME + scaledObject.key().name();
    }
}
