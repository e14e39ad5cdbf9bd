package io.tidewatch.web;

import io.tidewatch.model.report.Standing;
import io.tidewatch.view.Audience;

/** Answers with the records that the pages show, as JSON. */
public final class ApiStage {

    private final Knowledge knowledge;
    private final Questions questions;

    public ApiStage(Knowledge knowledge) {
        this.knowledge = knowledge;
        this.questions = new Questions(knowledge, refusal -> Reply.error(refusal.code(), refusal.why()));
    }

    public Reply tonight(Request request) {
        return questions.tonight(request, Reply::document);
    }

    public Reply targets(Request request) {
        Audience audience = request.audience();
        Standing standing = knowledge.facts().standing();
        Standing seen = audience.seesAll() ? standing : Parts.of(standing, audience);
        return Reply.ok(StatusDocument.of(
                knowledge.instant(), seen, knowledge.steps(audience.scope()).steps()));
    }

    public Reply target(Request request) {
        return questions.target(request, "/api/v1/targets", Reply::document);
    }

    public Reply history(Request request) {
        return Reply.ok(HistoryDocument.of(
                knowledge.instant(), knowledge.steps(request.audience().scope())));
    }

    public Reply incidents(Request request) {
        return questions.incidents(request, Reply::document);
    }

    public Reply sources(Request request) {
        return questions.sources(request, Reply::document);
    }

    public Reply calendar(Request request) {
        return questions.calendar(request, (view, unknowns) -> Reply.document(view));
    }

    public Reply diagnosis(Request request) {
        return new DiagnosisAnswer(knowledge).to(request);
    }
}
