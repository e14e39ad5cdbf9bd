package io.tidewatch.cli;

import io.tidewatch.model.Fault;
import io.tidewatch.model.Faults;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prints the targets for which a verb met an internal error. Stack traces are logged with {@code --debug}. */
final class Failures {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static void print(Faults faults) {
        faults.byTarget()
                .forEach((target, met) -> met.forEach(fault -> {
                    Tidewatch.err()
                            .println("tidewatch: " + target + ": internal error " + fault.id() + " in " + fault.stage()
                                    + ": " + fault.message());
                    log(fault);
                }));
    }

    private static void log(Fault fault) {
        log.debug("internal error {}", fault.id(), fault.thrown());
    }
}
