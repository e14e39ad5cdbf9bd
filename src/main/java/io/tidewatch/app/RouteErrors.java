package io.tidewatch.app;

import io.tidewatch.loop.Failures;
import io.tidewatch.loop.FaultLog;
import io.tidewatch.loop.PassListener;
import io.tidewatch.model.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each error that ended a route because no stage turned it into an outcome. The stack trace is logged at ERROR under the
 * id of the error, once until the error is gone: for a pass when a later pass goes without it, for any other route after an
 * hour.
 */
public final class RouteErrors implements PassListener {

    private static final Logger log = LoggerFactory.getLogger(RouteErrors.class);
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
    private static final int MOST_REMEMBERED = 100;

    private final Clock clock;
    private final BooleanSupplier stopping;
    private final Map<String, Instant> known = new LinkedHashMap<>();
    private final Set<String> ofPasses = new HashSet<>();
    private final Set<String> ofThisPass = new HashSet<>();

    /** @param stopping whether routes are being stopped, when an interrupted route is no error */
    public RouteErrors(Clock clock, BooleanSupplier stopping) {
        this.clock = clock;
        this.stopping = stopping;
    }

    /** @param route the route that the error ended */
    public void log(Throwable error, String route) {
        Fault fault = Fault.of(route, Failures.unwrapped(error));
        if (stopping.getAsBoolean()) {
            log.warn("{} was interrupted while stopping: {}", route, fault.message());
        } else if (isNew(fault)) {
            FaultLog.trace(fault, route);
        } else {
            log.debug("internal error {} in {} again: {}", fault.id(), route, fault.message());
        }
    }

    /** Forgets the errors of passes that the pass before this one did not have. */
    @Override
    public synchronized void passBegins() {
        Set<String> gone = new HashSet<>(ofPasses);
        gone.removeAll(ofThisPass);
        known.keySet().removeAll(gone);
        ofPasses.removeAll(gone);
        ofThisPass.clear();
    }

    private synchronized boolean isNew(Fault fault) {
        Instant now = clock.instant();
        if (PassWatch.isOfAPass(fault.stage())) {
            ofPasses.add(fault.id());
            ofThisPass.add(fault.id());
        }
        known.values().removeIf(last -> !now.isBefore(last.plus(FORGOTTEN_AFTER)));
        if (known.containsKey(fault.id())) {
            known.put(fault.id(), now);
            return false;
        }
        if (known.size() < MOST_REMEMBERED) {
            known.put(fault.id(), now);
            return true;
        }
        return false;
    }
}
