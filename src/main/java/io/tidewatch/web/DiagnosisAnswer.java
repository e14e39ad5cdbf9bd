package io.tidewatch.web;

import io.tidewatch.model.Target;
import java.time.Instant;
import java.util.Optional;

/** Answers what was diagnosed of a target at an instant: {@code ?target=shop/checkout&at=2026-11-22T13:40:00Z}. */
record DiagnosisAnswer(Knowledge knowledge) {

    private static final String USE = "; use /diagnosis?target=NAMESPACE/NAME&at=2026-11-22T13:40:00Z";

    Reply to(Request request) {
        Optional<Target> target = request.parameter("target").flatMap(Request::target);
        if (target.isEmpty()) {
            return Reply.wrong("target is not NAMESPACE/NAME" + USE);
        }
        Optional<Instant> at = request.parameter("at").flatMap(Request::instant);
        if (at.isEmpty()) {
            return Reply.wrong("at is no instant with an offset or Z" + USE);
        }
        if (at.get().isAfter(knowledge.instant())) {
            return Reply.wrong("at lies ahead: " + at.get());
        }
        if (!request.audience().sees(target.get())) {
            return Reply.missing("there is no target " + target.get() + " for you");
        }
        return knowledge
                .diagnosisAt(target.get(), at.get())
                .map(found -> Reply.ok(DiagnosisDocument.of(
                        target.get(),
                        at.get(),
                        found,
                        knowledge.facts().standing().resync())))
                .orElseGet(() -> Reply.later("the journal cannot be read now; ask again later"));
    }
}
