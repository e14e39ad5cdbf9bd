package io.tidewatch.loop;

import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.SourceDefinitions;
import java.util.List;

/** Is notified of each commit that is read, on the thread that reads it. */
@FunctionalInterface
public interface CommitListener {

    /** The commit is about to be read. An exception from here ends the reading. */
    default void beforeReading(Checkout commit) {}

    /**
     * The commit was read and is in force.
     *
     * @param problems what is wrong in it, problems with other sources included
     */
    void inForce(SourceDefinitions read, List<Problem> problems);
}
