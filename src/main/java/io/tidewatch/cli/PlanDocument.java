package io.tidewatch.cli;

import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A plan as a document for scripts. */
final class PlanDocument {

    private PlanDocument() {}

    /** @param commit absent if files were read */
    static Map<String, Object> of(Plan plan, MinimumSteps steps, Optional<String> commit) {
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
        document.put("next", plan.next().map(Instant::toString).orElse(null));
        return document;
    }

    private static @Nullable Integer from(MinimumSteps.Step step) {
        return step.from().isPresent() ? step.from().getAsInt() : null;
    }
}
