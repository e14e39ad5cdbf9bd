package io.tidewatch.web;

import io.tidewatch.model.Target;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Answers what was diagnosed of a target at an instant: {@code ?target=shop/checkout&at=2026-11-22T13:40:00Z}. */
record DiagnosisAnswer(DiagnosisLookup diagnoses, Clock clock) {

    private static final String USE = "; use /diagnosis?target=NAMESPACE/NAME&at=2026-11-22T13:40:00Z";

    /** @param query as it was sent; empty where there is none */
    Reply to(Optional<String> query) {
        Map<String, String> asked = query.map(DiagnosisAnswer::parameters).orElse(Map.of());
        Optional<Target> target = Optional.ofNullable(asked.get("target")).flatMap(DiagnosisAnswer::target);
        if (target.isEmpty()) {
            return Reply.wrong("target is not NAMESPACE/NAME" + USE);
        }
        Optional<Instant> at = Optional.ofNullable(asked.get("at")).flatMap(DiagnosisAnswer::instant);
        if (at.isEmpty()) {
            return Reply.wrong("at is no instant with an offset or Z" + USE);
        }
        if (at.get().isAfter(clock.instant())) {
            return Reply.wrong("at lies ahead: " + at.get());
        }
        return diagnoses
                .diagnosisAt(target.get(), at.get())
                .map(found -> Reply.ok(DiagnosisDocument.of(target.get(), at.get(), found)))
                .orElseGet(() -> Reply.later("the journal cannot be read now; ask again later"));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String one : query.split("&", -1)) {
            int equals = one.indexOf('=');
            if (equals > 0) {
                decoded(one.substring(equals + 1)).ifPresent(value -> parameters.put(one.substring(0, equals), value));
            }
        }
        return parameters;
    }

    /** Nothing where an escape is broken. A plus sign stands for itself, as in an offset. */
    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    private static Optional<Target> target(String text) {
        int slash = text.indexOf('/');
        return slash > 0 && slash < text.length() - 1
                ? Optional.of(new Target(text.substring(0, slash), text.substring(slash + 1)))
                : Optional.empty();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException notAnInstant) {
            return Optional.empty();
        }
    }
}
