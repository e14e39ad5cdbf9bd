package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tidewatch.MovedClock;
import io.tidewatch.loop.FaultLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is logged of a fault in the code around the targets, which ends a pass. */
class RouteErrorsTest {

    private final List<Logger> loggers = List.of(
            (Logger) LoggerFactory.getLogger(RouteErrors.class), (Logger) LoggerFactory.getLogger(FaultLog.class));
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final MovedClock clock = new MovedClock(Instant.parse("2026-11-22T13:30:00Z"));
    private final Throwable planted = new IllegalStateException("planted");
    private boolean stopping;
    private final RouteErrors errors = new RouteErrors(clock, () -> stopping);

    @BeforeEach
    void listen() {
        events.start();
        loggers.forEach(logger -> logger.addAppender(events));
        loggers.forEach(logger -> logger.setAdditive(false));
    }

    @AfterEach
    void stop() {
        loggers.forEach(logger -> logger.detachAppender(events));
        loggers.forEach(logger -> logger.setAdditive(true));
    }

    @Test
    void theStackTraceIsLoggedOnceHoweverManyPassesItEnds() {
        for (int pass = 0; pass < 5; pass++) {
            errors.passBegins();
            errors.log(planted, "plan");
        }

        assertThat(traces()).singleElement().satisfies(event -> {
            assertThat(event.getFormattedMessage())
                    .matches("internal error [0-9a-f]{8} in plan: IllegalStateException: planted");
            assertThat(event.getThrowableProxy().getStackTraceElementProxyArray())
                    .isNotEmpty();
        });
    }

    @Test
    void itIsLoggedAgainOnceAPassHadGoneWithoutIt() {
        errors.passBegins();
        errors.log(planted, "plan");
        errors.passBegins();
        errors.passBegins();
        errors.log(planted, "plan");

        assertThat(traces()).hasSize(2);
    }

    @Test
    void outsideOfPassesItIsForgottenAfterAnHour() {
        errors.log(planted, "outbox");
        errors.passBegins();
        errors.passBegins();
        clock.moveTo(clock.instant().plus(Duration.ofMinutes(59)));
        errors.log(planted, "outbox");
        assertThat(traces()).hasSize(1);

        clock.moveTo(clock.instant().plus(Duration.ofHours(1)));
        errors.log(planted, "outbox");

        assertThat(traces()).hasSize(2);
    }

    @Test
    void anErrorIsSeenThroughWhatCamelWrapsItIn() {
        Throwable wrapped = CamelExecutionException.wrapCamelExecutionException(
                new DefaultExchange(new DefaultCamelContext()), new StackOverflowError());

        errors.log(wrapped, "report");

        assertThat(traces())
                .singleElement()
                .satisfies(event -> assertThat(event.getThrowableProxy().getClassName())
                        .isEqualTo(StackOverflowError.class.getName()));
    }

    @Test
    void whatBreaksOffWhileStoppingIsNoFault() {
        stopping = true;

        errors.log(planted, "apply");

        assertThat(traces()).isEmpty();
        assertThat(events.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getLevel()).isEqualTo(Level.WARN));
    }

    private List<ILoggingEvent> traces() {
        return events.list.stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .toList();
    }
}
