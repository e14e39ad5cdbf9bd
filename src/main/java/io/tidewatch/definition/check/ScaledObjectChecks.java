package io.tidewatch.definition.check;

import io.tidewatch.definition.read.Kinds;
import io.tidewatch.definition.read.Workload;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.definition.AutoscalerSpec;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Place;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Checks a ScaledObject against the other objects of a source. Most problems are objects that KEDA's webhook rejects. */
final class ScaledObjectChecks {

    private static final String TRANSFERRED = "scaledobject.keda.sh/transfer-hpa-ownership";
    private static final String REF = "spec.scaleTargetRef";

    private final Catalog catalog;
    private final Findings findings;

    ScaledObjectChecks(Catalog catalog, Findings findings) {
        this.catalog = catalog;
        this.findings = findings;
    }

    void check(Place root, Manifest scaledObject) {
        Workload workload = Workload.of(scaledObject);
        Optional<Manifest> before = catalog.scalers().before(scaledObject);
        before.ifPresent(first -> findings.error(
                root.at(REF),
                "second-scaled-object",
                workload + " is already scaled by ScaledObject " + first.key().name() + " (" + first.origin()
                        + "), and KEDA rejects a second one; delete one of them, or name another workload"));
        if (before.isEmpty()) {
            catalog.scalers()
                    .ofTheSameHpa(scaledObject)
                    .ifPresent(first -> findings.error(
                            root.at("metadata.name"),
                            "second-scaled-object",
                            "the HPA " + Scalers.hpaName(scaledObject) + " belongs to ScaledObject "
                                    + first.key().name() + " (" + first.origin()
                                    + "), and KEDA rejects a second owner; give it another"
                                    + " advanced.horizontalPodAutoscalerConfig.name"));
        }
        catalog.scalers()
                .hpaOf(workload)
                .filter(hpa -> !isTransferred(scaledObject, hpa))
                .ifPresent(hpa -> findings.error(
                        root.at(REF),
                        "hpa-beside-scaled-object",
                        "HorizontalPodAutoscaler " + hpa.name() + " (" + hpa.origin() + ") scales " + workload
                                + " too, and KEDA rejects a ScaledObject beside it; delete the"
                                + " HorizontalPodAutoscaler"));
        missingKind(root, scaledObject, workload);
        fallback(root, scaledObject);
    }

    /** KEDA up to v2.16 sets the workload itself to the fallback while a trigger fails; later versions leave it to the HPA. */
    private void fallback(Place root, Manifest scaledObject) {
        Map<?, ?> fallback = AutoscalerSpec.object(AutoscalerSpec.object(scaledObject.content(), "spec"), "fallback");
        OptionalInt replicas = AutoscalerSpec.number(fallback, "replicas");
        Optional<AutoscalerSpec> spec = AutoscalerSpec.of(scaledObject);
        if (replicas.isEmpty() || spec.isEmpty()) {
            return;
        }
        catalog.scheduleOf(spec.get().target())
                .flatMap(schedule -> schedule.baselineOver(
                                Optional.of(spec.get().bounds()))
                        .flatMap(baseline -> schedule.windows().stream()
                                .max(Comparator.comparingInt(window -> WindowChecks.minimum(window, baseline.min())))
                                .filter(window -> WindowChecks.minimum(window, baseline.min()) > replicas.getAsInt())
                                .map(window -> "fallback.replicas " + replicas.getAsInt() + " is below the minimum "
                                        + WindowChecks.minimum(window, baseline.min()) + " of window " + window.name()
                                        + " (" + schedule.id()
                                        + "), and KEDA up to v2.16 sets the workload to it while a"
                                        + " trigger fails; write " + WindowChecks.minimum(window, baseline.min())
                                        + " or more")))
                .ifPresent(text -> findings.warning(root.at("spec.fallback.replicas"), "fallback-below-minimum", text));
    }

    /** KEDA takes an HPA over if it is named and the annotation says so. */
    private static boolean isTransferred(Manifest scaledObject, Scalers.Hpa hpa) {
        Object annotation = AutoscalerSpec.object(
                        AutoscalerSpec.object(scaledObject.content(), "metadata"), "annotations")
                .get(TRANSFERRED);
        return "true".equals(annotation) && Scalers.hpaName(scaledObject).equals(hpa.name());
    }

    /** Without a kind KEDA scales a Deployment; if only a Rollout has the name, it was meant. */
    private void missingKind(Place root, Manifest scaledObject, Workload workload) {
        boolean writesKind = AutoscalerSpec.object(
                        AutoscalerSpec.object(scaledObject.content(), "spec"), "scaleTargetRef")
                .containsKey("kind");
        ObjectKey rollout =
                new ObjectKey(Kinds.version(Kinds.ROLLOUT), Kinds.ROLLOUT, workload.namespace(), workload.name());
        if (!writesKind
                && !catalog.scalers().hasDeployment(workload)
                && catalog.definedAt(rollout).isPresent()) {
            findings.error(
                    root.at(REF),
                    "wrong-target",
                    "no kind, so KEDA scales Deployment " + workload.name()
                            + ", but this source has a Rollout of that name;"
                            + " write apiVersion: argoproj.io/v1alpha1 and kind: Rollout");
        }
    }
}
