package io.tidewatch.model.plan;

import io.tidewatch.model.Fault;
import java.util.List;

/** What a dry run came to. */
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

    /** The write itself will be refused, as things stand. */
    record Refused(DryRun question, int code, String message) implements DryRunAnswer {}

    /** The API server gave no answer that tells anything: worth asking again later. */
    record Unanswered(DryRun question, String message) implements DryRunAnswer {}

    /** Something of our own failed while it was asked or while its answer was put into words. */
    record Failed(DryRun question, Fault fault) implements DryRunAnswer {}

    /**
     * @param field with a leading dot
     */
    record Owner(String manager, String field) {}
}
