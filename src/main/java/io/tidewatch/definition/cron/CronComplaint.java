package io.tidewatch.definition.cron;

import java.util.Optional;

/**
 * What is wrong with one item of a cron's field.
 *
 * @param problem as a part of a message
 * @param instead the item as it should be written; absent where five fields cannot say it, or where the meaning is open
 */
record CronComplaint(String problem, Optional<String> instead) {

    static CronComplaint of(String problem) {
        return new CronComplaint(problem, Optional.empty());
    }
}
