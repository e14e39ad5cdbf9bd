package io.tidewatch.loop;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Commit;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.FileDefinitions;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.model.report.Pass;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Small passes for the tests of single stages. */
final class PassOf {

    static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    static final Target CHECKOUT = new Target("shop", "checkout");

    private PassOf() {}

    static Commit commit(String id) {
        return new Commit("shop", id, "Dana", NOON, "a change");
    }

    /** The source shop at a commit that declares these objects. */
    static Pass declaring(Commit commit, ObjectKey... keys) {
        return declaring(
                commit,
                Stream.of(keys)
                        .map(key -> new Manifest(key, Map.of(), origin()))
                        .toArray(Manifest[]::new));
    }

    static Pass declaring(Commit commit, Manifest... manifests) {
        FileDefinitions file = new FileDefinitions("a.yaml", commit.id(), List.of(), List.of(), List.of(manifests));
        return Pass.begin(
                new Definitions(List.of(
                        new SourceDefinitions("shop", commit, new TreeMap<>(Map.of("a.yaml", file)), List.of()))),
                new DesiredState(NOON, new TreeMap<>(), new TreeSet<>()),
                Diagnoses.NONE);
    }

    static Plan plan(Action... actions) {
        return new Plan(NOON, List.of(actions), List.of(), Optional.empty());
    }

    static Action.ApplyManifest apply(ObjectKey key, Commit commit) {
        return new Action.ApplyManifest(
                new Target(key.namespace(), key.name()),
                key,
                Optional.empty(),
                Map.of(),
                false,
                commit,
                origin(),
                List.of(),
                "does not exist yet");
    }

    static Action.SetMinReplicas raise(Target target, int from, int to) {
        return new Action.SetMinReplicas(
                AutoscalerKind.SCALED_OBJECT,
                target,
                new Action.Version("uid", "1"),
                OptionalInt.of(from),
                to,
                Optional.empty(),
                Map.of("kind", "ScaledObject"),
                false,
                "window peak opens");
    }

    static Origin origin() {
        return new Origin("shop", "a.yaml", 1);
    }
}
