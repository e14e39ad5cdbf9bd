package io.tidewatch.cli;

import io.tidewatch.model.Fault;
import io.tidewatch.model.Faults;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which targets a verb could not answer for by an error of its own; the stack traces are for {@code --debug}. */
final class Failures {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static void say(Faults faults) {
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
