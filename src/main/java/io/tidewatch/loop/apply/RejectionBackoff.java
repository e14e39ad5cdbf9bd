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
 * What the API server refused a moment ago, by object. The same request is not sent again before its pause is over, and
 * stands refused until then; another request, or one for another life of the object, is sent at once. The pause doubles
 * while the same is refused.
 */
final class RejectionBackoff {

    /** For a request that is wrong or denied. */
    private static final Backoff REQUEST = Backoff.doubling(Duration.ofMinutes(1), Duration.ofMinutes(15));

    /** For a request that is due: once a webhook is fixed, a minimum must not wait for long. */
    private static final Backoff DUE_REQUEST = Backoff.doubling(Duration.ofMinutes(1), Duration.ofMinutes(1));

    /** For a missing permission, which may be granted at any moment. */
    private static final Backoff CALLER = Backoff.doubling(Duration.ofSeconds(5), Duration.ofMinutes(1));

    private final ConcurrentMap<Key, Refused> refused = new ConcurrentHashMap<>();

    /** The object that an action writes; a nudge of ReplicaSets is remembered beside the writes of its ScaledObject. */
    private record Key(String namespace, String kind, String name) {

        static Key of(Action action) {
            return action.perform(new Action.Performer<Key>() {
                @Override
                public Key setMinReplicas(Action.SetMinReplicas set) {
                    return new Key(
                            set.target().namespace(),
                            "ScaledObject",
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
            });
        }

        private static Key of(ObjectKey key) {
            return new Key(key.namespace(), key.kind(), key.name());
        }
    }

    private record Refused(Request request, Outcome.Rejected answer, Duration pause) {

        Instant again() {
            return answer.at().plus(pause);
        }
    }

    /**
     * A request as far as its refusal depends on it: neither the version nor the instant makes it another one.
     *
     * @param circumstances what else makes it worth another attempt: a commit, or what is live by now
     */
    private record Request(String uid, Map<String, Object> body, boolean force, Object circumstances) {}

    Optional<Outcome> answer(Action action, Instant now) {
        return Optional.ofNullable(refused.get(Key.of(action)))
                .filter(known -> now.isBefore(known.again()))
                // a clock that was set back since must not keep it from being sent
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
    void learn(Action action, Outcome outcome, boolean due) {
        Key key = Key.of(action);
        if (outcome instanceof Outcome.Rejected answer) {
            Request request = request(action);
            refused.compute(
                    key,
                    (object, known) ->
                            new Refused(request, answer, pause(due, answer, Optional.ofNullable(known), request)));
        } else {
            refused.remove(key);
        }
    }

    /** When the first of these requests may be sent again: the next pass is due then at the latest. */
    Optional<Instant> next(Collection<Action> actions) {
        return refused.isEmpty()
                ? Optional.empty()
                : actions.stream()
                        .flatMap(action -> Optional.ofNullable(refused.get(Key.of(action))).stream())
                        .map(Refused::again)
                        .min(Instant::compareTo);
    }

    /** Forgets what nobody wants to send any more, once its pause is over. */
    void forget(Collection<Action> planned, Instant now) {
        if (refused.isEmpty()) {
            return;
        }
        Set<Key> desired = planned.stream().map(Key::of).collect(Collectors.toSet());
        refused.entrySet()
                .removeIf(entry -> !desired.contains(entry.getKey())
                        && !now.isBefore(entry.getValue().again()));
    }

    int size() {
        return refused.size();
    }

    private static Duration pause(boolean due, Outcome.Rejected answer, Optional<Refused> before, Request request) {
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

            /** Its body holds the instant of the attempt. */
            @Override
            public Request nudgeReplicaSets(Action.NudgeReplicaSets nudge) {
                return new Request(nudge.scaledObject().uid(), Map.of(), false, nudge.attempt());
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
