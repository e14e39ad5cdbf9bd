package io.tidewatch.plan;

import io.tidewatch.model.Action;
import io.tidewatch.model.Agenda;
import io.tidewatch.model.ClusterState;
import io.tidewatch.model.LiveObject;
import io.tidewatch.model.Manifest;
import io.tidewatch.model.Observation;
import io.tidewatch.model.ScaledObjectView;
import io.tidewatch.model.SourceDefinitions;
import io.tidewatch.model.SourcePolicy;
import io.tidewatch.model.Target;
import io.tidewatch.model.TargetObservation;
import io.tidewatch.model.Wanted;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Decides what the objects that one source declares need, in dependency order. */
record SourceDecision(
        SourceDefinitions source,
        SourcePolicy policy,
        Agenda agenda,
        ClusterState cluster,
        Observation observation,
        String instance) {

    private static final String ROLLOUT = "Rollout";
    private static final String SCALED_OBJECT = "ScaledObject";
    private static final List<String> ORDER = List.of(ROLLOUT, SCALED_OBJECT);

    List<Action> actions() {
        return source.manifests().stream()
                .filter(manifest -> !cluster.missing().contains(manifest.key().kind()))
                .sorted(Comparator.comparingInt(SourceDecision::rank))
                .flatMap(manifest -> decide(manifest).stream())
                .toList();
    }

    /** The ScaledObjects that this source applies, by target. */
    Map<Target, Manifest> scaledObjects() {
        return source.manifests().stream()
                .filter(manifest -> manifest.key().kind().equals(SCALED_OBJECT))
                .collect(Collectors.toMap(SourceDecision::own, Function.identity(), (first, second) -> first));
    }

    private Optional<Action> decide(Manifest manifest) {
        Optional<LiveObject> live = Optional.ofNullable(cluster.declared().get(manifest.key()));
        return switch (manifest.key().kind()) {
            case ROLLOUT -> {
                Optional<Manifest> scaler = scalerOf(manifest);
                Target target = scaler.map(SourceDecision::own).orElse(own(manifest));
                yield on(target, manifest).rollout(live, scaler.map(this::floorOf));
            }
            case SCALED_OBJECT -> scaledObject(manifest, live);
            default -> on(own(manifest), manifest).other(live);
        };
    }

    private Optional<Action> scaledObject(Manifest manifest, Optional<LiveObject> live) {
        Target target = own(manifest);
        Optional<Wanted> wanted = Optional.ofNullable(agenda.wanted().get(target));
        if (live.isEmpty()) {
            Map<String, String> memory =
                    wanted.map(w -> Memory.after(w, instance, 0, agenda.at())).orElse(Map.of());
            return Optional.of(on(target, manifest).createScaledObject(wanted, memory));
        }
        return view(target).flatMap(view -> on(target, manifest).scaledObject(live.get(), view, wanted));
    }

    private Optional<ScaledObjectView> view(Target target) {
        return Optional.ofNullable(observation.targets().get(target)).flatMap(TargetObservation::scaledObject);
    }

    private ManifestDecision on(Target target, Manifest manifest) {
        return new ManifestDecision(target, manifest, source.commit(), instance, policy.restoreDrift());
    }

    private Optional<Manifest> scalerOf(Manifest rollout) {
        return source.manifests().stream()
                .filter(other -> other.key().kind().equals(SCALED_OBJECT)
                        && other.key().namespace().equals(rollout.key().namespace())
                        && scales(other, rollout.key().name()))
                .findFirst();
    }

    private static boolean scales(Manifest scaledObject, String rollout) {
        return scaledObject.content().get("spec") instanceof Map<?, ?> spec
                && spec.get("scaleTargetRef") instanceof Map<?, ?> ref
                && rollout.equals(ref.get("name"))
                && ROLLOUT.equals(ref.get("kind"));
    }

    private int floorOf(Manifest scaledObject) {
        Wanted wanted = agenda.wanted().get(own(scaledObject));
        if (wanted != null) {
            return wanted.bounds().min();
        }
        return scaledObject.content().get("spec") instanceof Map<?, ?> spec
                        && spec.get("minReplicaCount") instanceof Number min
                ? min.intValue()
                : 0;
    }

    private static int rank(Manifest manifest) {
        int rank = ORDER.indexOf(manifest.key().kind());
        return rank < 0 ? ORDER.size() : rank;
    }

    private static Target own(Manifest manifest) {
        return new Target(manifest.key().namespace(), manifest.key().name());
    }
}
