package io.tidewatch.model.plan;

import io.tidewatch.model.Fault;
import java.util.List;

/** The result of a dry run. */
public sealed interface DryRunAnswer {

    DryRun question();

    /** Nobody is in the way. */
    record Accepted(DryRun question) implements DryRunAnswer {}

    /** Others own what is to be written. */
    record Owned(DryRun question, List<Owner> owners) implements DryRunAnswer {
        public Owned {
            owners = List.copyOf(owners);
        }
    }

    /** The API server will reject the write, as things stand. */
    record Refused(DryRun question, int code, String message) implements DryRunAnswer {}

    /** The API server gave no usable answer: the dry run is sent again later. */
    record Unanswered(DryRun question, String message) implements DryRunAnswer {}

    /** An internal error during the dry run or its report. */
    record Failed(DryRun question, Fault fault) implements DryRunAnswer {}

    /**
     * @param field with a leading dot
     */
    record Owner(String manager, String field) {}
}
