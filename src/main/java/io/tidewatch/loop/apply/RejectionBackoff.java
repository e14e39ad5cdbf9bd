package io.tidewatch.loop.apply;

import io.tidewatch.model.Backoff;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/**
 * The requests that the API server rejected, by object. The same request is not sent again before its pause ends, and counts
 * as rejected until then. Another request, or a request for a new object of the same name, is sent immediately. The pause
 * doubles while the same request is rejected.
 */
final class RejectionBackoff {

    /** For a request that is wrong or denied. */
    private static final Backoff REQUEST = Backoff.doubling(Duration.ofMinutes(1), Duration.ofMinutes(15));

    /** For a request that is due: a minimum must not wait for long once a webhook is fixed. */
    private static final Backoff DUE_REQUEST = Backoff.doubling(Duration.ofMinutes(1), Duration.ofMinutes(1));

    /** For a missing permission, which may be granted at any moment. */
    private static final Backoff CALLER = Backoff.doubling(Duration.ofSeconds(5), Duration.ofMinutes(1));

    private final ConcurrentMap<Key, Rejection> rejections = new ConcurrentHashMap<>();

    /** The object that an action writes; a nudge of ReplicaSets is remembered beside the writes of its ScaledObject. */
    private record Key(String namespace, String kind, String name) {

        static Key of(Action action) {
            return action.perform(new Action.Performer<Key>() {
                @Override
                public Key setMinReplicas(Action.SetMinReplicas set) {
                    return new Key(
                            set.target().namespace(),
                            set.kind().kind(),
                            set.target().name());
                }

                @Override
                public Key applyManifest(Action.ApplyManifest apply) {
                    return of(apply.key());
                }

                @Override
                public Key handOverReplicas(Action.HandOverReplicas handOver) {
                    return of(handOver.key());
                }

                @Override
                public Key nudgeReplicaSets(Action.NudgeReplicaSets nudge) {
                    return new Key(
                            nudge.target().namespace(),
                            "ReplicaSet",
                            nudge.target().name());
                }

                @Override
                public Key patchRollout(Action.PatchRollout patch) {
                    return new Key(patch.target().namespace(), patch.change().word(), patch.rollout());
                }
            });
        }

        private static Key of(ObjectKey key) {
            return new Key(key.namespace(), key.kind(), key.name());
        }
    }

    private record Rejection(Request request, Outcome.Rejected answer, Duration pause) {

        Instant again() {
            return answer.at().plus(pause);
        }
    }

    /**
     * A request, as far as its rejection depends on it: another version or instant does not make another request.
     *
     * @param circumstances what else is worth another attempt when it changes: a commit, or the live value
     */
    private record Request(String uid, Map<String, Object> body, boolean force, Object circumstances) {}

    Optional<Outcome> answer(Action action, Instant now) {
        return Optional.ofNullable(rejections.get(Key.of(action)))
                .filter(known -> now.isBefore(known.again()))
                // a clock that was set back since must not delay the request
                .filter(known -> !now.isBefore(known.answer().at()))
                .filter(known -> request(action).equals(known.request()))
                .map(known -> new Outcome.Rejected(
                        action,
                        known.answer().at(),
                        known.answer().subject(),
                        known.answer().code(),
                        known.answer().message()));
    }

    /** @param due whether a minimum waits for this action */
    void record(Action action, Outcome outcome, boolean due) {
        Key key = Key.of(action);
        if (outcome instanceof Outcome.Rejected answer) {
            Request request = request(action);
            rejections.compute(
                    key,
                    (object, known) ->
                            new Rejection(request, answer, pause(due, answer, Optional.ofNullable(known), request)));
        } else {
            rejections.remove(key);
        }
    }

    /** When the first of these requests may be sent again: the next pass is due then at the latest. */
    Optional<Instant> next(Collection<Action> actions) {
        return rejections.isEmpty()
                ? Optional.empty()
                : actions.stream()
                        .flatMap(action -> Optional.ofNullable(rejections.get(Key.of(action))).stream())
                        .map(Rejection::again)
                        .min(Instant::compareTo);
    }

    /** Forgets the requests that are no longer planned, once their pauses have ended. */
    void forget(Collection<Action> planned, Instant now) {
        if (rejections.isEmpty()) {
            return;
        }
        Set<Key> desired = planned.stream().map(Key::of).collect(Collectors.toSet());
        rejections
                .entrySet()
                .removeIf(entry -> !desired.contains(entry.getKey())
                        && !now.isBefore(entry.getValue().again()));
    }

    int size() {
        return rejections.size();
    }

    private static Duration pause(boolean due, Outcome.Rejected answer, Optional<Rejection> before, Request request) {
        Backoff backoff = answer.isOfCaller() ? CALLER : due ? DUE_REQUEST : REQUEST;
        return before.filter(known -> known.answer().isOfCaller() == answer.isOfCaller()
                        && known.request().equals(request))
                .map(known -> backoff.next(known.pause()))
                .orElse(backoff.first());
    }

    private static Request request(Action action) {
        return action.perform(new Action.Performer<Request>() {
            @Override
            public Request setMinReplicas(Action.SetMinReplicas set) {
                return new Request(set.on().uid(), timeless(set.body()), set.force(), set.from());
            }

            @Override
            public Request applyManifest(Action.ApplyManifest apply) {
                return new Request(
                        apply.on().map(Action.Version::uid).orElse(""),
                        timeless(apply.body()),
                        apply.force(),
                        Map.of("commit", apply.commit().id(), "differences", apply.differences()));
            }

            @Override
            public Request handOverReplicas(Action.HandOverReplicas handOver) {
                return new Request(handOver.on().uid(), Map.of(), false, handOver.replicas());
            }

            /** A nudge is the same request whatever instant of the attempt its body holds. */
            @Override
            public Request nudgeReplicaSets(Action.NudgeReplicaSets nudge) {
                return new Request(nudge.scaledObject().uid(), Map.of(), false, nudge.attempt());
            }

            @Override
            public Request patchRollout(Action.PatchRollout patch) {
                return new Request(
                        patch.on().uid(), Map.of(), false, patch.attempt().number());
            }
        });
    }

    private static Map<String, Object> timeless(Map<String, Object> body) {
        Map<String, Object> copy = new LinkedHashMap<>(body);
        if (body.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("annotations") instanceof Map<?, ?> annotations) {
            Map<Object, Object> rest = new LinkedHashMap<>(annotations);
            rest.remove(Annotations.APPLIED_AT);
            Map<Object, Object> around = new LinkedHashMap<>(metadata);
            around.put("annotations", rest);
            copy.put("metadata", around);
        }
        return copy;
    }
}
