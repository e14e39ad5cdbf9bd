package io.tidewatch.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.FieldManagers;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.DryRun;
import io.tidewatch.model.plan.DryRunAnswer;
import io.tidewatch.model.plan.Outcome;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The only writer to the cluster. Each write names the uid and the resourceVersion of the object that was decided on, so that a
 * change in between is not overwritten, and a deleted object is not created again. A rejection is an outcome, not an exception.
 */
public final class ClusterWriter {

    private static final int CONFLICT = 409;

    private static final String ALL = "All";

    private final KubernetesClient client;
    private final RawObjects raw;
    private final Clock clock;
    private final Runnable turn;
    private final InFlight inFlight;
    private final Fence fence;

    /**
     * @param turn returns when a further request of an action may be sent; the caller has waited for the first request's turn
     * @param inFlight limits dry runs; the caller of an action holds a place already
     * @param fence asked before each request, and again on the wire
     */
    public ClusterWriter(KubernetesClient client, Clock clock, Runnable turn, InFlight inFlight, Fence fence) {
        this.client = SingleRequests.of(FencedRequests.of(client, fence));
        this.raw = new RawObjects(client);
        this.clock = clock;
        this.turn = turn;
        this.inFlight = inFlight;
        this.fence = fence;
    }

    public Outcome apply(Action action) {
        try {
            String version = action.perform(new Requests());
            return new Outcome.Done(action, clock.instant(), version);
        } catch (KubernetesClientException rejection) {
            return Rejection.outcome(action, rejection, clock.instant());
        } catch (NotLeadingException lost) {
            return new Outcome.Unavailable(action, clock.instant(), true, String.valueOf(lost.getMessage()));
        }
    }

    /** Sends an apply as a dry run, which writes nothing. */
    public DryRunAnswer ask(DryRun dryRun) {
        try {
            Map<String, Object> body = bound(dryRun.body(), Map.of("uid", dryRun.uid()));
            sendDryRun(
                    Kinds.of(dryRun.key().kind()),
                    body,
                    new PatchContext.Builder()
                            .withPatchType(PatchType.SERVER_SIDE_APPLY)
                            .withFieldManager(FieldManagers.TIDEWATCH)
                            .withForce(dryRun.force())
                            .withDryRun(List.of(ALL))
                            .build());
            return new DryRunAnswer.Accepted(dryRun);
        } catch (KubernetesClientException rejection) {
            return Rejection.answer(dryRun, rejection);
        } catch (NotLeadingException lost) {
            return new DryRunAnswer.Unanswered(dryRun, String.valueOf(lost.getMessage()));
        }
    }

    /** The marks of a write that is sent now. */
    private Map<String, String> marks() {
        return fence.marks().orElseThrow(() -> new NotLeadingException("not sent: this replica does not lead"));
    }

    /** The requests of each action. Each method returns the resourceVersion of the object after its last request. */
    private final class Requests implements Action.Performer<String> {

        @Override
        public String setMinReplicas(Action.SetMinReplicas action) {
            return patch(
                    Kinds.of(action.kind().kind()),
                    on(appliedNow(action.body()), action.on()),
                    PatchType.SERVER_SIDE_APPLY,
                    FieldManagers.TIDEWATCH,
                    action.force());
        }

        /** Sets the instant at which the write is sent, because the steps after it are measured from there. */
        private Map<String, Object> appliedNow(Map<String, Object> body) {
            return annotated(
                    body,
                    Annotations.APPLIED_AT,
                    written ->
                            written.put(Annotations.APPLIED_AT, clock.instant().toString()));
        }

        /** An apply cannot be limited to creation, so before a creation, and only then, the object is read. */
        @Override
        public String applyManifest(Action.ApplyManifest action) {
            if (action.on().isEmpty() && exists(action.key())) {
                throw new KubernetesClientException(action.key() + " exists already", CONFLICT, null);
            }
            Map<String, Object> body =
                    action.on().map(version -> on(action.body(), version)).orElse(action.body());
            Map<String, String> before = marks();
            String version = apply(Kinds.of(action.key().kind()), body, FieldManagers.TIDEWATCH, action.force());
            if (action.on().isEmpty() && !fence.marks().equals(Optional.of(before))) {
                throw new NotLeadingException("created, but this replica led no longer when the answer came");
            }
            return version;
        }

        private boolean exists(ObjectKey key) {
            return client.genericKubernetesResources(Kinds.of(key.kind()).context())
                            .inNamespace(key.namespace())
                            .withName(key.name())
                            .get()
                    != null;
        }

        @Override
        public String handOverReplicas(Action.HandOverReplicas action) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("apiVersion", action.key().apiVersion());
            body.put("kind", action.key().kind());
            body.put(
                    "metadata",
                    Map.of(
                            "name",
                            action.key().name(),
                            "namespace",
                            action.key().namespace()));
            body.put("spec", Map.of("replicas", action.replicas()));
            return apply(Kinds.of(action.key().kind()), on(body, action.on()), FieldManagers.INITIAL_REPLICAS, false);
        }

        @Override
        public String nudgeReplicaSets(Action.NudgeReplicaSets action) {
            String last = apply(
                    kindOf(action.body()), on(action.body(), action.scaledObject()), FieldManagers.TIDEWATCH, false);
            for (Action.ReplicaSetVersion replicaSet : action.replicaSets()) {
                turn.run();
                last = annotate(action, replicaSet);
            }
            return last;
        }

        @Override
        public String patchRollout(Action.PatchRollout action) {
            if (action.change() == Action.Change.FORGOTTEN) {
                return action.memory().map(this::remember).orElse("");
            }
            if (!action.beginsRemedy()) {
                String last = write(action);
                return action.memory()
                        .map(memory -> {
                            turn.run();
                            return remember(memory);
                        })
                        .orElse(last);
            }
            action.memory().ifPresent(memory -> {
                remember(memory);
                turn.run();
            });
            return write(action);
        }

        private String remember(Action.Memory memory) {
            return apply(kindOf(memory.body()), on(memory.body(), memory.on()), FieldManagers.TIDEWATCH, false);
        }

        private String write(Action.PatchRollout action) {
            return action.applied()
                    .map(body -> apply(Kinds.ROLLOUT, on(body, action.on()), FieldManagers.TIDEWATCH, true))
                    .orElseGet(() -> mergeIntoRollout(action));
        }

        /** A merge patch leaves alone what applies own, and an apply leaves alone what a merge patch set. */
        private String mergeIntoRollout(Action.PatchRollout action) {
            Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
            metadata.put("uid", action.on().uid());
            metadata.put("resourceVersion", action.on().resourceVersion());
            Map<String, Object> patch = new LinkedHashMap<>();
            patch.put("metadata", metadata);
            Map<String, @Nullable Object> field = new LinkedHashMap<>();
            field.put(
                    field(action.change()),
                    action.value()
                            .<Object>map(value -> action.change().isOfDeadline() ? Integer.valueOf(value) : value)
                            .orElse(null));
            if (action.change().isOfAnnotation()) {
                metadata.put("annotations", field);
            } else {
                patch.put("spec", field);
            }
            PatchContext context = new PatchContext.Builder()
                    .withPatchType(PatchType.JSON_MERGE)
                    .withFieldManager(FieldManagers.TIDEWATCH)
                    .build();
            marks();
            return client.genericKubernetesResources(Kinds.ROLLOUT.context())
                    .inNamespace(action.target().namespace())
                    .resource(named(Kinds.ROLLOUT, action.target().namespace(), action.rollout()))
                    .patch(context, client.getKubernetesSerialization().asJson(patch))
                    .getMetadata()
                    .getResourceVersion();
        }

        private static String field(Action.Change change) {
            return switch (change) {
                case RESTART, RESTART_DONE -> FieldWriter.RESTART_AT;
                case NUDGE, NUDGE_DONE -> Annotations.NUDGED_AT;
                case EXTEND, EXTEND_DONE -> FieldWriter.PROGRESS_DEADLINE;
                case FORGOTTEN -> throw new IllegalArgumentException("no field is set at the end of a memory");
            };
        }

        private String annotate(Action.NudgeReplicaSets action, Action.ReplicaSetVersion replicaSet) {
            Map<String, Object> patch = Map.of(
                    "apiVersion", "apps/v1",
                    "kind", Kinds.REPLICA_SET.kind(),
                    "metadata",
                            Map.of(
                                    "name", replicaSet.name(),
                                    "namespace", action.target().namespace(),
                                    "uid", replicaSet.version().uid(),
                                    "resourceVersion", replicaSet.version().resourceVersion(),
                                    "annotations",
                                            Map.of(
                                                    Annotations.NUDGED_AT,
                                                    action.at().toString())));
            return patch(Kinds.REPLICA_SET, patch, PatchType.JSON_MERGE, FieldManagers.TIDEWATCH, null);
        }

        private String apply(Kinds kind, Map<String, Object> body, String manager, boolean force) {
            return patch(kind, body, PatchType.SERVER_SIDE_APPLY, manager, force);
        }

        private String patch(
                Kinds kind, Map<String, Object> body, PatchType type, String manager, @Nullable Boolean force) {
            PatchContext context = new PatchContext.Builder()
                    .withPatchType(type)
                    .withFieldManager(manager)
                    .withForce(force)
                    .build();
            return send(kind, marked(body), context).getMetadata().getResourceVersion();
        }

        /** With the proof of who writes, in place of an earlier one, where the body carries our record. */
        private Map<String, Object> marked(Map<String, Object> body) {
            Map<String, String> marks = marks();
            return annotated(body, Annotations.INSTANCE, written -> {
                written.keySet().removeAll(Annotations.MARKS);
                written.putAll(marks);
            });
        }
    }

    /** The body with other annotations, where it has one of this name; else the same. */
    private static Map<String, Object> annotated(
            Map<String, Object> body, String name, Consumer<Map<String, Object>> change) {
        if (!(body.get("metadata") instanceof Map<?, ?> metadata)
                || !(metadata.get("annotations") instanceof Map<?, ?> annotations)
                || !annotations.containsKey(name)) {
            return body;
        }
        Map<String, Object> newAnnotations = copy(annotations);
        change.accept(newAnnotations);
        Map<String, Object> newMetadata = copy(metadata);
        newMetadata.put("annotations", newAnnotations);
        Map<String, Object> newBody = new LinkedHashMap<>(body);
        newBody.put("metadata", newMetadata);
        return newBody;
    }

    private static Kinds kindOf(Map<String, Object> body) {
        return Kinds.of(String.valueOf(body.get("kind")));
    }

    private GenericKubernetesResource named(Kinds kind, String namespace, String name) {
        return raw.resource(Map.of(
                "apiVersion",
                kind.apiVersion(),
                "kind",
                kind.kind(),
                "metadata",
                Map.of("name", name, "namespace", namespace)));
    }

    private void sendDryRun(Kinds kind, Map<String, Object> body, PatchContext context) {
        inFlight.during(() -> {
            marks();
            return send(kind, body, context);
        });
    }

    private GenericKubernetesResource send(Kinds kind, Map<String, Object> body, PatchContext context) {
        GenericKubernetesResource item = raw.resource(body);
        String text = client.getKubernetesSerialization().asJson(body);
        return client.genericKubernetesResources(kind.context())
                .inNamespace(item.getMetadata().getNamespace())
                .resource(item)
                .patch(context, text);
    }

    /** The body with the uid and the resourceVersion that were decided on. */
    private static Map<String, Object> on(Map<String, Object> body, Action.Version version) {
        return bound(body, Map.of("uid", version.uid(), "resourceVersion", version.resourceVersion()));
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    private static Map<String, Object> bound(Map<String, Object> body, Map<String, String> to) {
        Map<String, Object> metadata =
                body.get("metadata") instanceof Map<?, ?> written ? copy(written) : new LinkedHashMap<>();
        metadata.putAll(to);
        Map<String, Object> bound = new LinkedHashMap<>(body);
        bound.put("metadata", metadata);
        return bound;
    }
}
