package io.tidewatch.model.report;

import java.time.LocalDate;
import java.util.Optional;

/**
 * How the reports of a source's nights stand.
 *
 * @param branch that they are pushed to
 * @param reported the day on which the last night ended whose report is known to be on the branch; absent where this process has not seen one
 * @param trouble why the last attempt failed, in one line; absent where it succeeded, or none was made
 */
public record NightReportHealth(String branch, Optional<LocalDate> reported, Optional<String> trouble) {}
