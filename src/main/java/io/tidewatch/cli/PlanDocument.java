package io.tidewatch.cli;

import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.model.preflight.ClaimLoss;
import io.tidewatch.model.preflight.Preflights;
import io.tidewatch.model.preflight.Raise;
import io.tidewatch.text.PreflightText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A plan as a document for scripts. */
final class PlanDocument {

    private PlanDocument() {}

    /** @param commit absent if files were read */
    static Map<String, Object> of(PlanVerb.Decided decided, MinimumSteps steps, Optional<String> commit) {
        Plan plan = decided.plan();
        List<Object> actions = new ArrayList<>();
        for (Action action : plan.actions()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("type", action.type());
            row.put("target", action.target().toString());
            Optional<MinimumSteps.Step> step = steps.of(action);
            row.put("from", step.map(PlanDocument::from).orElse(null));
            row.put("to", step.map(MinimumSteps.Step::to).orElse(null));
            row.put("reason", steps.reason(action));
            actions.add(row);
        }
        List<Object> holds = new ArrayList<>();
        for (Plan.Skipped skip : plan.skipped()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("target", skip.target().toString());
            row.put("reason", skip.reason());
            holds.add(row);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("at", plan.at().toString());
        document.put("commit", commit.orElse(null));
        document.put("actions", actions);
        document.put("holds", holds);
        document.put("findings", findings(decided.preflights()));
        document.put("notes", notes(decided));
        document.put("unchecked", unchecked(decided.preflights()));
        document.put("unseen", decided.unseen().rows());
        document.put("leads", decided.leads().stream().map(ComingLead::fields).toList());
        document.put("next", plan.next().map(Instant::toString).orElse(null));
        return document;
    }

    /** What the preflights found, one row for each finding. */
    private static List<Object> findings(Preflights preflights) {
        List<Object> rows = new ArrayList<>();
        preflights
                .byTarget()
                .forEach((target, preflight) -> preflight.findings().forEach(finding -> {
                    Raise raise = preflight.raise();
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("target", target.toString());
                    row.put("risk", finding.risk().word());
                    row.put("certainty", finding.certainty().name().toLowerCase(Locale.ROOT));
                    row.put("message", finding.sentence());
                    row.put("advice", finding.advice());
                    row.put(
                            "evidence",
                            finding.evidence().stream()
                                    .map(PlanDocument::evidence)
                                    .toList());
                    row.put("window", raise.window().orElse(null));
                    row.put("at", raise.at().toString());
                    row.put("from", raise.from());
                    row.put("to", raise.to());
                    rows.add(row);
                }));
        return rows;
    }

    /** What near lowerings delete. */
    private static List<Object> notes(PlanVerb.Decided decided) {
        List<Object> rows = new ArrayList<>();
        decided.preflights()
                .losses()
                .forEach((target, loss) -> decided.desired().of(target).ifPresent(desired -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("target", target.toString());
                    row.put("note", ClaimLoss.WORD);
                    row.put(
                            "message",
                            PreflightText.sentence(loss, desired.schedule().timeZone()));
                    row.put("advice", PreflightText.advice(loss));
                    row.put("window", loss.begins().or(loss::ends).orElse(null));
                    row.put("at", loss.at().toString());
                    row.put("from", loss.from());
                    row.put("to", loss.to());
                    rows.add(row);
                }));
        return rows;
    }

    private static Map<String, Object> evidence(Evidence shown) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("object", shown.object());
        row.put("field", shown.field());
        row.put("value", shown.value());
        return row;
    }

    /** What the preflights could not check. */
    private static List<Object> unchecked(Preflights preflights) {
        List<Object> rows = new ArrayList<>();
        preflights
                .byTarget()
                .forEach((target, preflight) -> preflight.unchecked().forEach(reason -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("target", target.toString());
                    row.put("reason", reason);
                    rows.add(row);
                }));
        return rows;
    }

    private static @Nullable Integer from(MinimumSteps.Step step) {
        return step.from().isPresent() ? step.from().getAsInt() : null;
    }
}
