package io.tidewatch.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.tidewatch.model.report.IncidentStory;
import io.tidewatch.view.Clocks;
import io.tidewatch.view.Facts;
import io.tidewatch.view.Mood;
import io.tidewatch.view.Unknowns;
import io.tidewatch.view.calendar.CalendarView;
import io.tidewatch.view.calendar.Preview;
import io.tidewatch.view.incident.IncidentView;
import io.tidewatch.view.itself.ItselfView;
import io.tidewatch.view.itself.SourcesView;
import io.tidewatch.view.tonight.TonightPage;
import io.tidewatch.view.tonight.Wish;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Answers with pages, rendered from view records by templates that were compiled with the product. */
public final class PageStage {

    private static final String TEMPLATES = "io.tidewatch.web.pages";
    private static final int OK = 200;

    private final Knowledge knowledge;
    private final Questions questions;
    private final AnswersOfFacts answers = new AnswersOfFacts();
    private final AnswersOfFacts calendars = new AnswersOfFacts();
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(null, ContentType.Html, null, TEMPLATES);

    public PageStage(Knowledge knowledge) {
        this.knowledge = knowledge;
        this.questions = new Questions(knowledge);
    }

    public Reply tonight(Request request) {
        Facts facts = knowledge.facts();
        Wish wish = Wishes.of(request);
        return answers.answer(
                facts,
                List.of(request.audience(), wish),
                () -> page("tonight", Map.of("view", TonightPage.of(facts, request.audience(), wish))));
    }

    public Reply target(Request request) {
        return answered(() -> page("target", Map.of("view", questions.target(request, "/t"))));
    }

    public Reply incident(Request request) {
        return answered(() -> {
            IncidentStory story = questions.incident(request, "/i");
            Clocks clocks = knowledge.facts().clocks(story.incident().target());
            return page(
                    "incident",
                    Map.of(
                            "view",
                            IncidentView.of(story, request.audience(), clocks, knowledge.instant()),
                            "clocks",
                            clocks));
        });
    }

    public Reply calendar(Request request) {
        Preview preview = knowledge.calendar();
        Unknowns unknowns = Unknowns.of(knowledge.facts(), request.audience());
        return calendars.answer(preview, List.of(request.audience(), unknowns), () -> {
            CalendarView view = CalendarView.of(preview.in(request.audience()::sees), knowledge.instant());
            return page(
                    "calendar",
                    Map.of(
                            "view",
                            view,
                            "mood",
                            unknowns.stands() ? Mood.UNKNOWN : Mood.GOOD,
                            "unknown",
                            unknowns.sentences()));
        });
    }

    public Reply sources(Request request) {
        return answered(() -> {
            questions.mustSeeAll(request);
            return page("sources", Map.of("view", SourcesView.of(knowledge.facts())));
        });
    }

    public Reply itself(Request request) {
        return answered(() -> {
            questions.mustSeeAll(request);
            return page("itself", Map.of("view", ItselfView.of(knowledge.facts(), knowledge.self())));
        });
    }

    private Reply answered(Supplier<Reply> answer) {
        try {
            return answer.get();
        } catch (Questions.Refusal refusal) {
            return page(
                    refusal.code(),
                    "message",
                    Map.of("title", "Nothing to show", "text", refusal.why(), "at", knowledge.instant()));
        }
    }

    private Reply page(String template, Map<String, Object> values) {
        return page(OK, template, values);
    }

    private Reply page(int code, String template, Map<String, Object> values) {
        StringOutput html = new StringOutput();
        templates.render(template + ".jte", values, html);
        return Reply.page(code, html.toString().stripLeading());
    }
}
