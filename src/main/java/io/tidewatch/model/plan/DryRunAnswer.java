package io.tidewatch.model.plan;

import io.tidewatch.model.Fault;
import java.util.List;

/** The result of a dry run. */
public sealed interface DryRunAnswer {

    DryRun dryRun();

    /** The write will succeed, as things stand. */
    record Accepted(DryRun dryRun) implements DryRunAnswer {}

    /** Other field managers own fields that the write changes. */
    record Owned(DryRun dryRun, List<Owner> owners) implements DryRunAnswer {
        public Owned {
            owners = List.copyOf(owners);
        }
    }

    /** The API server will reject the write, as things stand. */
    record Rejected(DryRun dryRun, int code, String message) implements DryRunAnswer {}

    /** The API server gave no usable answer: the dry run is sent again later. */
    record Unanswered(DryRun dryRun, String message) implements DryRunAnswer {}

    /** An internal error during the dry run or its report. */
    record Failed(DryRun dryRun, Fault fault) implements DryRunAnswer {}

    /**
     * @param field with a leading dot
     */
    record Owner(String manager, String field) {}
}
