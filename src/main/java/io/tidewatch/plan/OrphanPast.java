package io.tidewatch.plan;

import io.tidewatch.model.definition.PastBaseline;
import io.tidewatch.model.definition.PastBaseline.Answer;

/** What a pass cannot see of an object that no schedule names any more. Answers come at once, from memory. */
public interface OrphanPast {

    /** Takes every claim as true, for plans that are not carried out. */
    OrphanPast UNCHECKED = new OrphanPast() {
        @Override
        public Answer answer(PastBaseline claim) {
            return Answer.HELD;
        }

        @Override
        public boolean isRestored(PastBaseline claim) {
            return false;
        }
    };

    /** Whether the source's history held this baseline. */
    Answer answer(PastBaseline claim);

    /** Whether the object was restored by this process before, so that its annotations must have come back. */
    boolean isRestored(PastBaseline claim);
}
