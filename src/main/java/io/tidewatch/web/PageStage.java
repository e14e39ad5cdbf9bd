package io.tidewatch.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.tidewatch.view.Mood;
import java.util.Map;

/** Answers with pages, rendered from view records by templates that were compiled with the product. */
public final class PageStage {

    private static final String TEMPLATES = "io.tidewatch.web.pages";
    private static final int OK = 200;

    private final Questions questions;
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(null, ContentType.Html, null, TEMPLATES);

    public PageStage(Knowledge knowledge) {
        this.questions = new Questions(
                knowledge,
                refusal -> page(
                        refusal.code(),
                        "message",
                        Map.of("title", "Nothing to show", "text", refusal.why(), "at", knowledge.instant())));
    }

    public Reply tonight(Request request) {
        return questions.tonight(request, view -> page("tonight", view));
    }

    public Reply target(Request request) {
        return questions.target(request, "/t", view -> page("target", view));
    }

    public Reply incident(Request request) {
        return questions.incident(request, "/i", view -> page("incident", view));
    }

    public Reply calendar(Request request) {
        return questions.calendar(
                request,
                (view, unknowns) -> page(
                        OK,
                        "calendar",
                        Map.of(
                                "view",
                                view,
                                "mood",
                                unknowns.stands() ? Mood.UNKNOWN : Mood.GOOD,
                                "unknown",
                                unknowns.sentences())));
    }

    public Reply sources(Request request) {
        return questions.sources(request, view -> page("sources", view));
    }

    public Reply itself(Request request) {
        return questions.itself(request, view -> page("itself", view));
    }

    private Reply page(String template, Object view) {
        return page(OK, template, Map.of("view", view));
    }

    private Reply page(int code, String template, Map<String, Object> values) {
        StringOutput html = new StringOutput();
        templates.render(template + ".jte", values, html);
        return Reply.page(code, html.toString().stripLeading());
    }
}
