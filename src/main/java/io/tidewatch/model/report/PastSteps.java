package io.tidewatch.model.report;

import io.tidewatch.model.plan.Step;
import java.util.List;

/**
 * The latest steps, the newest first.
 *
 * @param cut whether as many were found as were asked for, so that older ones may be missing
 */
public record PastSteps(List<Step> steps, boolean cut) {

    public PastSteps {
        steps = List.copyOf(steps);
    }

    /** @param most how many were asked for */
    public static PastSteps of(List<Step> found, int most) {
        return new PastSteps(found, found.size() >= most);
    }
}
