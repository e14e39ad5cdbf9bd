package io.tidewatch.cli;

import io.tidewatch.model.Fault;
import io.tidewatch.model.Faults;
import org.slf4j.LoggerFactory;

/** Prints the targets for which a verb met an internal error. Stack traces are logged with {@code --debug}. */
final class Failures {

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

    /** The logger is made when it is needed: reading its configuration takes longer than most verbs. */
    private static void log(Fault fault) {
        LoggerFactory.getLogger(Failures.class).debug("internal error {}", fault.id(), fault.thrown());
    }
}
