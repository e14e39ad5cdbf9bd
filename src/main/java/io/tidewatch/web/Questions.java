package io.tidewatch.web;

import io.tidewatch.model.Target;
import io.tidewatch.model.report.IncidentStory;
import io.tidewatch.model.report.PastDiagnosis;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.model.report.Scope;
import io.tidewatch.view.Facts;
import io.tidewatch.view.Unknowns;
import io.tidewatch.view.calendar.CalendarView;
import io.tidewatch.view.calendar.Preview;
import io.tidewatch.view.detail.TargetPage;
import io.tidewatch.view.detail.TargetView;
import io.tidewatch.view.incident.IncidentLine;
import io.tidewatch.view.incident.IncidentView;
import io.tidewatch.view.itself.ItselfView;
import io.tidewatch.view.itself.SourcesView;
import io.tidewatch.view.tonight.Tonight;
import io.tidewatch.view.tonight.TonightPage;
import io.tidewatch.view.tonight.Wish;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the record that a request asks for, and has it written: a page and its JSON ask the same questions. */
final class Questions {

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    /** The most incidents in one answer. */
    private static final int MOST_INCIDENTS = 500;

    private final Knowledge knowledge;
    private final Writer<Refusal> refused;
    private final KeptReplies ofFacts = new KeptReplies();
    private final KeptReplies ofCalendar = new KeptReplies();

    /** @param refused writes why there is nothing to show */
    Questions(Knowledge knowledge, Writer<Refusal> refused) {
        this.knowledge = knowledge;
        this.refused = refused;
    }

    /** Writes a record. */
    @FunctionalInterface
    interface Writer<T> {

        Reply write(T view);
    }

    /** Writes the calendar, with what is not known. */
    @FunctionalInterface
    interface CalendarWriter {

        Reply write(CalendarView view, Unknowns unknowns);
    }

    /** How a request cannot be answered. */
    static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int code;

        private Refusal(int code, String why) {
            super(why, null, false, false);
            this.code = code;
        }

        int code() {
            return code;
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    /** The first page; made once for all who ask for the same. */
    Reply tonight(Request request, Writer<Tonight> page) {
        Facts facts = knowledge.facts();
        Wish wish = Wishes.of(request);
        return ofFacts.reply(
                facts,
                List.of(request.audience(), wish),
                () -> page.write(TonightPage.of(facts, request.audience(), wish)));
    }

    /** The days ahead; made once for all who ask for the same. */
    Reply calendar(Request request, CalendarWriter page) {
        Preview preview = knowledge.calendar();
        Unknowns unknowns = Unknowns.of(knowledge.facts(), request.audience());
        return ofCalendar.reply(
                preview,
                List.of(request.audience(), unknowns),
                () -> page.write(CalendarView.of(preview.in(request.audience()::sees), knowledge.instant()), unknowns));
    }

    /** The target of {@code PREFIX/NAMESPACE/NAME}, now or {@code ?at=} an instant. */
    Reply target(Request request, String prefix, Writer<TargetView> page) {
        return answered(() -> target(request, prefix), page);
    }

    /** The incident of {@code PREFIX/ID}. */
    Reply incident(Request request, String prefix, Writer<IncidentView> page) {
        return answered(() -> incident(request, prefix), page);
    }

    /** The incidents that were open in the last 30 days. */
    Reply incidents(Request request, Writer<PastIncidents> page) {
        return answered(() -> incidents(request), page);
    }

    /** The sources, for those who see all namespaces. */
    Reply sources(Request request, Writer<SourcesView> page) {
        return answered(
                () -> {
                    mustSeeAll(request);
                    return SourcesView.of(knowledge.facts(), knowledge.reports());
                },
                page);
    }

    /** Tidewatch itself, for those who see all namespaces. */
    Reply itself(Request request, Writer<ItselfView> page) {
        return answered(
                () -> {
                    mustSeeAll(request);
                    return ItselfView.of(knowledge.facts(), knowledge.self());
                },
                page);
    }

    private <T> Reply answered(Supplier<T> question, Writer<T> page) {
        T view;
        try {
            view = question.get();
        } catch (Refusal refusal) {
            return refused.write(refusal);
        }
        return page.write(view);
    }

    private TargetView target(Request request, String prefix) {
        List<String> parts = request.below(prefix).orElse(List.of());
        if (parts.size() != 2) {
            throw new Refusal(NOT_FOUND, "A target is NAMESPACE/NAME.");
        }
        Target target = new Target(parts.get(0), parts.get(1));
        Facts facts = knowledge.facts();
        if (!request.audience().sees(target)) {
            throw new Refusal(NOT_FOUND, "There is no such target for you.");
        }
        Optional<Instant> asked = at(request);
        Optional<PastDiagnosis> diagnosis = asked.isPresent() ? kept(target, asked.get()) : knowledge.diagnosis(target);
        if (diagnosis.isEmpty() && !facts.isScheduled(target)) {
            throw new Refusal(NOT_FOUND, "No schedule names a target of that name.");
        }
        Instant at = asked.orElse(facts.at());
        return TargetPage.of(
                target,
                facts,
                request.audience(),
                new TargetPage.Known(
                        diagnosis,
                        knowledge.events(
                                Scope.of(target), at.minus(TargetPage.NIGHTS), at.plusNanos(1), TargetPage.MOST_ROWS)),
                asked);
    }

    private Optional<Instant> at(Request request) {
        Optional<String> text = request.parameter("at");
        Optional<Instant> at = text.flatMap(Request::instant);
        if (text.isPresent() && at.isEmpty()) {
            throw new Refusal(
                    BAD_REQUEST, "at is no instant with an offset or Z, as in ?at=2026-11-22T22:36:00+09:00.");
        }
        if (at.filter(instant -> instant.isAfter(knowledge.instant())).isPresent()) {
            throw new Refusal(BAD_REQUEST, "at lies ahead.");
        }
        return at;
    }

    private Optional<PastDiagnosis> kept(Target target, Instant at) {
        return knowledge
                .diagnosisAt(target, at)
                .orElseThrow(() -> new Refusal(UNAVAILABLE, "The journal cannot be read now. Ask again later."))
                .diagnosis();
    }

    private IncidentView incident(Request request, String prefix) {
        String id = String.join("/", request.below(prefix).orElse(List.of()));
        IncidentStory found = knowledge
                .story(id)
                .orElseThrow(() -> new Refusal(UNAVAILABLE, "The journal cannot be read now. Ask again later."))
                .story()
                .filter(story -> request.audience().sees(story.incident().target()))
                .orElseThrow(() -> new Refusal(NOT_FOUND, "There is no such incident, or it is not kept any more."));
        return IncidentView.of(
                found,
                request.audience(),
                knowledge.facts().clocks(found.incident().target()),
                knowledge.instant());
    }

    /**
     * Incidents, the newest first.
     *
     * @param cut whether there are older ones
     */
    record PastIncidents(List<IncidentLine> incidents, boolean cut) {

        PastIncidents {
            incidents = List.copyOf(incidents);
        }
    }

    private PastIncidents incidents(Request request) {
        Instant now = knowledge.instant();
        PastEvents events = knowledge
                .events(request.audience().scope(), now.minus(TargetPage.NIGHTS), now.plusNanos(1), MOST_INCIDENTS)
                .orElseThrow(() -> new Refusal(UNAVAILABLE, "The journal cannot be read now. Ask again later."));
        return new PastIncidents(
                events.incidents().stream()
                        .filter(incident -> request.audience().sees(incident.target()))
                        .map(incident -> IncidentLine.of(incident, now))
                        .toList(),
                events.cut().contains(PastEvents.Kind.INCIDENTS));
    }

    private static void mustSeeAll(Request request) {
        if (!request.audience().seesAll()) {
            throw new Refusal(NOT_FOUND, "Sources and Tidewatch itself are shown to those who see all namespaces.");
        }
    }
}
