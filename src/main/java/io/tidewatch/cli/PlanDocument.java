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
    static Map<String, Object> of(Plan plan, Optional<String> commit) {
        List<Object> actions = new ArrayList<>();
        for (Action action : plan.actions()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("type", action.getClass().getSimpleName());
            row.put("target", action.target().toString());
            row.put("from", action instanceof Action.SetMinReplicas set ? orNull(set) : null);
            row.put("to", action instanceof Action.SetMinReplicas set ? set.to() : null);
            row.put("reason", action.reason());
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

    private static @Nullable Integer orNull(Action.SetMinReplicas set) {
        return set.from().isPresent() ? set.from().getAsInt() : null;
    }
}
