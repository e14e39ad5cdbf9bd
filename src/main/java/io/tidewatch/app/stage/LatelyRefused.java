package io.tidewatch.app.stage;

import io.tidewatch.model.Action;
import io.tidewatch.model.Annotations;
import io.tidewatch.model.Outcome;
import io.tidewatch.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What the API server called wrong or not allowed a moment ago. The same request is not sent again at every look, and
 * stands refused until then; another one, or another object, is.
 */
final class LatelyRefused {

    private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

    /** A right may be there again at once; the pause doubles each time it is not, up to that of any other refusal. */
    private static final Duration FIRST_ASKED_AGAIN_AFTER = Duration.ofSeconds(5);

    private final ConcurrentMap<Target, Refused> refused = new ConcurrentHashMap<>();

    private record Refused(Request request, Outcome.Rejected answer, Duration pause) {

        Instant again() {
            return answer.at().plus(pause);
        }
    }

    /** A request as far as its refusal depends on it: neither the version nor the instant makes it another one. */
    private record Request(Object kind, String uid, Map<String, Object> body, boolean force) {}

    Optional<Outcome> answer(Action action, Instant now) {
        return request(action)
                .flatMap(request -> Optional.ofNullable(refused.get(action.target()))
                        .filter(known -> known.request().equals(request))
                        .filter(known -> now.isBefore(known.again()))
                        .map(known -> new Outcome.Rejected(
                                action,
                                known.answer().at(),
                                known.answer().code(),
                                known.answer().message())));
    }

    void learn(Action action, Outcome outcome) {
        Optional<Request> request = request(action);
        if (request.isPresent() && outcome instanceof Outcome.Rejected answer) {
            refused.compute(
                    action.target(),
                    (target, known) -> new Refused(
                            request.get(), answer, pause(answer, Optional.ofNullable(known), request.get())));
        } else if (request.isPresent()) {
            refused.computeIfPresent(
                    action.target(),
                    (target, known) ->
                            known.request().kind().equals(request.get().kind()) ? null : known);
        }
    }

    private static Duration pause(Outcome.Rejected answer, Optional<Refused> before, Request request) {
        if (!answer.isOfUs()) {
            return AGAIN_AFTER;
        }
        return before.filter(known -> known.answer().isOfUs() && known.request().equals(request))
                .map(known -> known.pause().multipliedBy(2))
                .map(twice -> twice.compareTo(AGAIN_AFTER) > 0 ? AGAIN_AFTER : twice)
                .orElse(FIRST_ASKED_AGAIN_AFTER);
    }

    private static Optional<Request> request(Action action) {
        if (action instanceof Action.SetMinReplicas set) {
            return Optional.of(new Request("ScaledObject", set.on().uid(), timeless(set.body()), set.force()));
        }
        if (action instanceof Action.ApplyManifest apply) {
            return Optional.of(new Request(
                    apply.key(),
                    apply.on().map(Action.Version::uid).orElse(""),
                    timeless(apply.body()),
                    apply.force()));
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
