package io.tidewatch.demo;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Measures how long the passes of a running application take, in real time. */
final class LongestPass extends EventNotifierSupport {

    private static final String PASS = "pass";

    private final AtomicLong millis = new AtomicLong();

    /** Measures the passes that end from now on. */
    void observe(CamelContext application) {
        start();
        application.getManagementStrategy().addEventNotifier(this);
    }

    Duration length() {
        return Duration.ofMillis(millis.get());
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof CamelEvent.ExchangeCompletedEvent || event instanceof CamelEvent.ExchangeFailedEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof CamelEvent.ExchangeEvent ended
                && PASS.equals(ended.getExchange().getFromRouteId())) {
            millis.accumulateAndGet(ended.getExchange().getClock().elapsed(), Math::max);
        }
    }
}
