package io.tidewatch.definition.read;

import io.tidewatch.definition.kubernetes.CanonicalQuantity;
import io.tidewatch.definition.kubernetes.KubernetesChecks;
import io.tidewatch.definition.schema.ManifestFields;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.model.Limits;
import io.tidewatch.model.definition.AutoscalerSpec;
import io.tidewatch.model.definition.FurtherKind;
import io.tidewatch.yaml.Fields;
import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Node;
import io.tidewatch.yaml.Place;
import io.tidewatch.yaml.Quoted;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks a Rollout or a ScaledObject by itself. */
final class ManifestChecks {

    private static final String ARGO_ANNOTATION = "rollout.argoproj.io/";

    private static final Set<String> SCALED_OBJECT_FIELDS = Set.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.labels",
            "metadata.annotations",
            "spec.scaleTargetRef",
            "spec.scaleTargetRef.name",
            "spec.scaleTargetRef.kind",
            "spec.scaleTargetRef.apiVersion",
            "spec.minReplicaCount",
            "spec.maxReplicaCount",
            "spec.idleReplicaCount");
    private static final Set<String> ROLLOUT_FIELDS = Set.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.labels",
            "metadata.annotations",
            "spec.replicas",
            "spec.progressDeadlineSeconds",
            "spec.minReadySeconds");
    /** Quantities of bytes: a suffix m would mean thousandths. */
    private static final Set<String> BYTES = Set.of("memory", "ephemeral-storage", "storage", "sizeLimit");

    private static final Pattern MILLI = Pattern.compile("[0-9]{1,20}m");
    private static final String WRONG_TARGET = "wrong-target";

    private final Findings findings;
    private final Schemas schemas;

    /** @param schemas which fields the API server takes */
    ManifestChecks(Findings findings, Schemas schemas) {
        this.findings = findings;
        this.schemas = schemas;
    }

    void check(String kind, Place document) {
        Optional<Fields> spec = Fields.open(document, findings)
                .flatMap(fields -> fields.required("spec", "a spec"))
                .flatMap(place -> Fields.open(place, findings));
        ServerFields.warn(document, findings);
        new MetadataTexts(findings).check(document);
        if (kind.equals(Kinds.SCALED_OBJECT)) {
            spec.ifPresent(this::scaledObject);
            new NameLengths(findings, schemas.limitsHpaNames()).check(document);
            new ManifestFields(findings, schemas.scaledObject(), SCALED_OBJECT_FIELDS, schemas.unknownFields())
                    .check(document);
        } else if (FurtherKind.kinds().contains(kind)) {
            spec.ifPresent(fields -> quantities("spec", fields.object()));
            new ManifestFields(findings, Schemas.of(kind), Set.of(), schemas.unknownFields()).check(document);
            FurtherKind.named(kind).ifPresent(known -> KubernetesChecks.check(known, document, findings));
        } else {
            spec.ifPresent(this::rolloutSpec);
            warnOfWhatIsNotForGit(document);
            spec.ifPresent(fields -> quantities("spec", fields.object()));
            new ManifestFields(findings, schemas.rollout(), ROLLOUT_FIELDS, schemas.unknownFields()).check(document);
        }
    }

    private void scaledObject(Fields spec) {
        spec.required(
                        "scaleTargetRef",
                        "what it scales, as {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: NAME}")
                .flatMap(place -> Fields.open(place, findings))
                .ifPresent(ref -> {
                    ref.required("name", "the name of what it scales").ifPresent(ref::text);
                    ref.text("kind");
                    ref.text("apiVersion");
                    target(ref);
                });
        neverZero(spec);
        noTriggers(spec);
        Optional<Integer> min = spec.integer("minReplicaCount", 0);
        Optional<Integer> max = spec.integer("maxReplicaCount", 1);
        Optional<Integer> idle = spec.integer("idleReplicaCount", 0);
        boolean minIsRight = min.isPresent() || spec.optional("minReplicaCount").isEmpty();
        boolean maxIsRight = max.isPresent() || spec.optional("maxReplicaCount").isEmpty();
        if (min.isPresent() && maxIsRight && min.get() > max.orElse(100)) {
            String ceiling = max.map(m -> "maxReplicaCount " + m).orElse("KEDA's default maxReplicaCount 100");
            spec.optional("minReplicaCount")
                    .ifPresent(place -> findings.error(
                            place,
                            "min-above-max",
                            "minReplicaCount " + min.get() + " is above " + ceiling
                                    + "; lower the one or raise the other"));
        }
        if (idle.isPresent() && minIsRight) {
            checkIdle(spec, min, idle.get());
        }
    }

    /** KEDA takes apps/v1 where no apiVersion is written. */
    private void target(Fields ref) {
        Optional<String> apiVersion = written(ref, "apiVersion");
        Optional<String> kind = written(ref, "kind");
        String rollouts = Kinds.version(Kinds.ROLLOUT);
        boolean hasApiVersion = ref.optional("apiVersion").isPresent();
        if (kind.filter(Kinds.ROLLOUT::equals).isPresent()
                && (!hasApiVersion
                        || apiVersion.filter(v -> v.startsWith("apps/")).isPresent())) {
            findings.error(
                    ref.optional("apiVersion")
                            .map(Place::line)
                            .orElse(ref.object().line()),
                    ref.object().pathOf("apiVersion"),
                    WRONG_TARGET,
                    (hasApiVersion ? "" : "missing, so KEDA takes apps/v1: ")
                            + "there is no Rollout in apps/v1; write apiVersion: " + rollouts);
        } else if (apiVersion.filter(rollouts::equals).isPresent()
                && ref.optional("kind").isEmpty()) {
            findings.error(
                    ref.object().line(),
                    ref.object().pathOf("kind"),
                    WRONG_TARGET,
                    "missing, so KEDA takes Deployment: there is no Deployment in " + rollouts
                            + "; write kind: Rollout");
        }
    }

    private static Optional<String> written(Fields fields, String name) {
        return fields.optional(name).flatMap(Place::text);
    }

    /** From KEDA 2.20 on the CustomResourceDefinition itself rejects it. */
    private void noTriggers(Fields spec) {
        spec.optional("triggers")
                .filter(triggers -> !schemas.limitsHpaNames()
                        && triggers.node() instanceof Node.Sequence list
                        && list.items().isEmpty())
                .ifPresent(triggers -> findings.warning(
                        triggers,
                        "no-triggers",
                        "empty, so nothing scales the workload, and KEDA 2.20 and later reject it; write at least one"
                                + " trigger"));
    }

    /** Load of pods can be measured only while there is a pod; KEDA's webhook rejects it for Deployments and StatefulSets. */
    private void neverZero(Fields spec) {
        List<Place> triggers = spec.optional("triggers").map(Place::items).orElse(List.of());
        boolean onlyOfPods = !triggers.isEmpty()
                && triggers.stream()
                        .allMatch(trigger -> trigger.field("type")
                                .filter(type -> type.node() instanceof Node.Scalar scalar
                                        && AutoscalerSpec.isOfPods(scalar.written()))
                                .isPresent());
        Optional<Place> min = spec.optional("minReplicaCount");
        boolean isZero = min.isEmpty()
                || (min.get().node() instanceof Node.Scalar scalar
                        && Integer.valueOf(0).equals(scalar.value()));
        if (onlyOfPods && isZero) {
            findings.warning(
                    min.map(Place::line).orElse(spec.object().line()),
                    "spec.minReplicaCount",
                    "never-zero",
                    (min.isEmpty() ? "not set, so it is 0" : "0")
                            + ", but cpu and memory triggers never scale to 0, and KEDA rejects this for a Deployment or"
                            + " StatefulSet; write 1 or more, or add a trigger of another type");
        }
    }

    /** As KEDA judges: a minimum of 0 counts as 1 here, an absent one as 0. */
    private void checkIdle(Fields spec, Optional<Integer> min, int idle) {
        int least = min.map(m -> Math.max(1, m)).orElse(0);
        if (idle >= least) {
            String written = min.map(m -> "minReplicaCount " + m).orElse("the minimum, which is not written");
            spec.optional("idleReplicaCount")
                    .ifPresent(place -> findings.error(
                            place,
                            "idle-not-below-min",
                            "idleReplicaCount " + idle + " is not below " + written
                                    + ", which KEDA rejects; lower it, or raise minReplicaCount"));
        }
    }

    private void rolloutSpec(Fields spec) {
        spec.integer("replicas", 0);
        Optional<Integer> deadline = spec.integer("progressDeadlineSeconds", 1);
        int ready = spec.integer("minReadySeconds", 0).orElse(0);
        if (spec.optional("progressDeadlineSeconds").isEmpty()) {
            findings.warning(
                    spec.object().line(),
                    "spec.progressDeadlineSeconds",
                    "progress-deadline-missing",
                    "not set, so Argo Rollouts uses 600 s; set how long a step may take");
        } else if (deadline.isPresent() && deadline.get() <= ready) {
            spec.optional("progressDeadlineSeconds")
                    .ifPresent(place -> findings.warning(
                            place,
                            "progress-deadline-too-short",
                            deadline.get() + " s is not above minReadySeconds " + ready
                                    + ", which Argo Rollouts rejects; raise it"));
        }
        warn(spec, "restartAt", "a restart is an action, not a state: every apply would repeat it; leave it out");
        warn(spec, "paused", "a temporary pause does not belong in Git: every apply would restore it; leave it out");
    }

    /** What would take too long to be written in its canonical form; the same places as those that are. */
    private void quantities(String field, Place place) {
        if (place.node() instanceof Node.Scalar && CanonicalRollout.isQuantity(field)) {
            quantity(place);
            return;
        }
        if (CanonicalRollout.isVerbatim(field)) {
            return;
        }
        for (Place child : place.fields()) {
            if (child.node() instanceof Node.Scalar && CanonicalRollout.holdsQuantities(field)) {
                quantity(child);
            } else {
                quantities(child.name(), child);
            }
        }
        place.items().forEach(item -> quantities(field, item));
    }

    private void quantity(Place place) {
        String milli = place.text().orElse("");
        if (MILLI.matcher(milli).matches() && isOfBytes(place.name())) {
            String number = milli.substring(0, milli.length() - 1);
            findings.warning(
                    place,
                    "milli-bytes",
                    Quoted.cut(milli) + " is " + number + " thousandths of a byte; write " + number + "Mi, or " + number
                            + "M for " + number + " million bytes");
        }
        if (place.node() instanceof Node.Scalar scalar && CanonicalQuantity.isPastLimits(scalar.written())) {
            findings.error(
                    place,
                    "out-of-range",
                    Quoted.of(scalar.written()) + " is no quantity in use; write at most " + Limits.NUMBER_DIGITS
                            + " digits and an exponent of " + Limits.QUANTITY_EXPONENT_DIGITS);
        } else if (place.text().isPresent()
                && CanonicalQuantity.of(place.text().get()).isEmpty()) {
            findings.error(
                    place,
                    "wrong-value",
                    Quoted.of(place.text().get()) + " is no quantity; write "
                            + CanonicalQuantity.meant(place.text().get()));
        }
    }

    private static boolean isOfBytes(String resource) {
        return BYTES.stream().anyMatch(name -> resource.equals(name) || resource.endsWith("." + name))
                || resource.contains("hugepages-");
    }

    private void warn(Fields spec, String name, String why) {
        spec.optional(name).ifPresent(place -> findings.warning(place, "not-for-git", why));
    }

    private void warnOfWhatIsNotForGit(Place document) {
        List<Place> annotations =
                document.at("metadata").field("annotations").map(Place::fields).orElse(List.of());
        for (Place annotation : annotations) {
            if (annotation.name().startsWith(ARGO_ANNOTATION)) {
                findings.warning(
                        annotation, "not-for-git", "Argo Rollouts writes this annotation itself; leave it out");
            }
        }
    }
}
