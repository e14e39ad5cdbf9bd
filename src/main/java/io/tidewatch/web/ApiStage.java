package io.tidewatch.web;

import io.tidewatch.model.report.Standing;
import io.tidewatch.view.Audience;
import io.tidewatch.view.Facts;
import io.tidewatch.view.calendar.CalendarView;
import io.tidewatch.view.calendar.Preview;
import io.tidewatch.view.itself.SourcesView;
import io.tidewatch.view.tonight.TonightPage;
import io.tidewatch.view.tonight.Wish;
import java.util.List;
import java.util.function.Supplier;

/** Answers with the records that the pages show, as JSON. */
public final class ApiStage {

    private final Knowledge knowledge;
    private final Questions questions;
    private final AnswersOfFacts answers = new AnswersOfFacts();
    private final AnswersOfFacts calendars = new AnswersOfFacts();

    public ApiStage(Knowledge knowledge) {
        this.knowledge = knowledge;
        this.questions = new Questions(knowledge);
    }

    public Reply tonight(Request request) {
        Facts facts = knowledge.facts();
        Wish wish = Wishes.of(request);
        return answers.answer(
                facts,
                List.of(request.audience(), wish),
                () -> Reply.document(TonightPage.of(facts, request.audience(), wish)));
    }

    public Reply targets(Request request) {
        Audience audience = request.audience();
        Standing standing = knowledge.facts().standing();
        Standing seen = audience.seesAll() ? standing : Parts.of(standing, audience);
        return Reply.ok(StatusDocument.of(
                knowledge.instant(), seen, knowledge.steps(audience.scope()).steps()));
    }

    public Reply target(Request request) {
        return answered(() -> Reply.document(questions.target(request, "/api/v1/targets")));
    }

    public Reply history(Request request) {
        return Reply.ok(HistoryDocument.of(
                knowledge.instant(), knowledge.steps(request.audience().scope())));
    }

    public Reply incidents(Request request) {
        return answered(() -> Reply.document(questions.incidents(request)));
    }

    public Reply sources(Request request) {
        return answered(() -> {
            questions.mustSeeAll(request);
            return Reply.document(SourcesView.of(knowledge.facts()));
        });
    }

    public Reply calendar(Request request) {
        Preview preview = knowledge.calendar();
        return calendars.answer(
                preview,
                request.audience(),
                () -> Reply.document(CalendarView.of(preview.in(request.audience()::sees), knowledge.instant())));
    }

    public Reply diagnosis(Request request) {
        return new DiagnosisAnswer(knowledge).to(request);
    }

    private static Reply answered(Supplier<Reply> answer) {
        try {
            return answer.get();
        } catch (Questions.Refusal refusal) {
            return Reply.error(refusal.code(), refusal.why());
        }
    }
}
