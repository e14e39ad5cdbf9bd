package io.tidewatch.loop.apply;

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

    /** Of a request that is wrong or denied. */
    private static final Duration REQUEST = Duration.ofMinutes(1);

    /** Of us: a right may be there again at once. */
    private static final Duration OF_US = Duration.ofSeconds(5);

    /** A minimum is wanted at its instant: once a webhook is mended, it must not wait for long. */
    private static final Duration LONGEST_OF_A_MINIMUM = Duration.ofMinutes(1);

    private static final Duration LONGEST_OF_US = Duration.ofMinutes(1);

    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final ConcurrentMap<Key, Refused> refused = new ConcurrentHashMap<>();

    private record Key(String namespace, String kind, String name) {

        static Optional<Key> of(Action action) {
            if (action instanceof Action.SetMinReplicas) {
                return Optional.of(new Key(
                        action.target().namespace(),
                        "ScaledObject",
                        action.target().name()));
            }
            return action instanceof Action.ApplyManifest apply
                    ? Optional.of(new Key(
                            apply.key().namespace(),
                            apply.key().kind(),
                            apply.key().name()))
                    : Optional.empty();
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
        return Key.of(action)
                .flatMap(key -> Optional.ofNullable(refused.get(key)))
                .filter(known -> now.isBefore(known.again()))
                // a clock that was set back since must not keep it from being sent
                .filter(known -> !now.isBefore(known.answer().at()))
                .filter(known -> request(action).equals(Optional.of(known.request())))
                .map(known -> new Outcome.Rejected(
                        action,
                        known.answer().at(),
                        known.answer().code(),
                        known.answer().message()));
    }

    /** @param due whether a minimum waits for this action */
    void learn(Action action, Outcome outcome, boolean due) {
        Optional<Key> key = Key.of(action);
        Optional<Request> request = request(action);
        if (key.isEmpty() || request.isEmpty()) {
            return;
        }
        if (outcome instanceof Outcome.Rejected answer) {
            refused.compute(
                    key.get(),
                    (object, known) -> new Refused(
                            request.get(), answer, pause(due, answer, Optional.ofNullable(known), request.get())));
        } else {
            refused.remove(key.get());
        }
    }

    /** When the first of these requests may be sent again. */
    Optional<Instant> next(Collection<Action> actions) {
        return refused.isEmpty()
                ? Optional.empty()
                : actions.stream()
                        .flatMap(action -> Key.of(action).stream())
                        .flatMap(key -> Optional.ofNullable(refused.get(key)).stream())
                        .map(Refused::again)
                        .min(Instant::compareTo);
    }

    /** Forgets what nobody wants to send any more, once its pause is over. */
    void forget(Collection<Action> planned, Instant now) {
        if (refused.isEmpty()) {
            return;
        }
        Set<Key> wanted =
                planned.stream().flatMap(action -> Key.of(action).stream()).collect(Collectors.toSet());
        refused.entrySet()
                .removeIf(entry -> !wanted.contains(entry.getKey())
                        && !now.isBefore(entry.getValue().again()));
    }

    int size() {
        return refused.size();
    }

    private static Duration pause(boolean due, Outcome.Rejected answer, Optional<Refused> before, Request request) {
        return before.filter(known -> known.answer().isOfUs() == answer.isOfUs()
                        && known.request().equals(request))
                .map(known -> known.pause().multipliedBy(2))
                .map(twice -> twice.compareTo(longest(due, answer)) > 0 ? longest(due, answer) : twice)
                .orElse(answer.isOfUs() ? OF_US : REQUEST);
    }

    private static Duration longest(boolean due, Outcome.Rejected answer) {
        if (answer.isOfUs()) {
            return LONGEST_OF_US;
        }
        return due ? LONGEST_OF_A_MINIMUM : LONGEST;
    }

    private static Optional<Request> request(Action action) {
        if (action instanceof Action.SetMinReplicas set) {
            return Optional.of(new Request(set.on().uid(), timeless(set.body()), set.force(), set.from()));
        }
        if (action instanceof Action.ApplyManifest apply) {
            return Optional.of(new Request(
                    apply.on().map(Action.Version::uid).orElse(""),
                    timeless(apply.body()),
                    apply.force(),
                    Map.of("commit", apply.commit().id(), "differences", apply.differences())));
        }
        return Optional.empty();
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
