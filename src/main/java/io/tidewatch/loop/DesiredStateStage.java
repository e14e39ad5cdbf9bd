package io.tidewatch.loop;

import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.report.Pass;
import io.tidewatch.ownership.Leads;
import io.tidewatch.schedule.Timetable;
import java.time.Clock;
import java.time.Instant;

/** Begins a pass with the desired state of now and the diagnoses of the pass before. Compiling happened when the commit was read. */
public final class DesiredStateStage implements DryRunStage.Timetables {

    private final Clock clock;
    private final DefinitionsInForce definitions;
    private final LastDiagnoses before;
    private volatile CompiledDefinitions ofLastPass = CompiledDefinitions.NONE;
    private volatile LearnedLeads leadsOfLastPass = LearnedLeads.NONE;

    /** The diagnoses of the pass before. */
    @FunctionalInterface
    public interface LastDiagnoses {

        Diagnoses lastDiagnoses();
    }

    public DesiredStateStage(Clock clock, DefinitionsInForce definitions, LastDiagnoses before) {
        this.clock = clock;
        this.definitions = definitions;
        this.before = before;
    }

    public Pass begin() {
        CompiledDefinitions now = definitions.compiled();
        ofLastPass = now;
        return Pass.begin(now.definitions(), now.timetable().at(clock.instant()), before.lastDiagnoses());
    }

    /** The same pass with the leads that targets have learned, which stand on their ScaledObjects. */
    public Pass lead(Pass pass) {
        Timetable timetable = ofLastPass.timetable();
        LearnedLeads leads = timetable.learnsLeads() ? Leads.of(pass.cluster()) : LearnedLeads.NONE;
        leadsOfLastPass = leads;
        return leads.isEmpty() ? pass : pass.with(timetable.at(pass.desired().at(), leads));
    }

    /** The desired state at an instant by the definitions of the last pass; for any other definitions, by those in force now. */
    @Override
    @SuppressWarnings("ReferenceEquality") // the same definitions again are the same object; comparing them costs more
    public DesiredState at(Definitions given, Instant instant) {
        CompiledDefinitions last = ofLastPass;
        return (last.definitions() == given ? last : definitions.compiled())
                .timetable()
                .at(instant, leadsOfLastPass);
    }
}
