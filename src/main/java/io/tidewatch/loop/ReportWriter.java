package io.tidewatch.loop;

import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;

/** Writes a report and the messages that follow from it to the journal, in one transaction. */
@FunctionalInterface
public interface ReportWriter {

    /** @param pass the pass that the report is of; {@link Pass#NONE} where it is of none */
    void write(Pass pass, Report report);
}
