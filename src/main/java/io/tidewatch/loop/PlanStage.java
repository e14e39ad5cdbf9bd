package io.tidewatch.loop;

import io.tidewatch.model.Guard;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.plan.PendingLowerings;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.model.report.Pass;
import io.tidewatch.plan.KnownDecisions;
import io.tidewatch.plan.Planner;
import io.tidewatch.report.PlannedLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what to do now. Between two passes it keeps which lowerings wait for health, and since when. */
public final class PlanStage {

    private static final String NOT_LEADING = "not written by this replica, which does not lead: ";

    private final Planner planner;
    private final boolean observing;
    private final Leadership leadership;
    private final Learned learned;
    private final KnownDecisions known = new KnownDecisions();
    private volatile PendingLowerings waits = PendingLowerings.NONE;

    /** The leads that the past raises of targets teach, as far as they were worked out. */
    @FunctionalInterface
    public interface Learned {

        LearnedLeads learnedLeads();
    }

    /**
     * @param observing whether nothing is written: each action is skipped and reported
     * @param leadership without it nothing is written, and nothing is said of it
     */
    public PlanStage(Planner planner, boolean observing, Leadership leadership, Learned learned) {
        this.planner = planner;
        this.learned = learned;
        this.observing = observing;
        this.leadership = leadership;
    }

    public Pass plan(Pass pass) {
        Plan plan = planner.plan(
                pass.definitions(),
                pass.desired(),
                pass.cluster(),
                pass.observation(),
                pass.diagnoses(),
                waits,
                learned.learnedLeads(),
                known);
        waits = waits.after(plan);
        if (observing) {
            return pass.with(without(plan, Skipped.OBSERVING, "would "));
        }
        return pass.with(leadership.leads() ? plan : without(plan, Skipped.FOLLOWING, NOT_LEADING));
    }

    /**
     * The plan of a process that writes nothing: every action is skipped, with what it would have done.
     *
     * @param code why it is skipped
     * @param before the beginning of the reason, before what the action does
     */
    static Plan without(Plan plan, String code, String before) {
        Guard guard = new Guard("plan");
        List<Skipped> skipped = new ArrayList<>(plan.skipped());
        plan.actions()
                .forEach(action -> guard.run(
                                action.target(),
                                () -> Optional.of(new Skipped(
                                        action.target(),
                                        code,
                                        before + PlannedLines.of(action),
                                        PlannedLines.what(action))),
                                fault -> Optional.<Skipped>empty())
                        .ifPresent(skipped::add));
        return new Plan(
                plan.at(), List.of(), skipped, plan.next(), plan.faults().and(guard.faults()));
    }
}
