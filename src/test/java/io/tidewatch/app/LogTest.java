package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the product's log leaves out, since nobody can act on it. */
class LogTest {

    @Test
    void aSlowStartOfTheClientIsNobodysBusiness() throws JoranException {
        LoggerContext product = new LoggerContext();
        JoranConfigurator reader = new JoranConfigurator();
        reader.setContext(product);
        reader.doConfigure(Path.of("src/main/resources/logback.xml").toFile());

        assertThat(product.getLogger("io.vertx.core.impl.BlockedThreadChecker").isErrorEnabled())
                .isFalse();
        assertThat(product.getLogger("io.tidewatch").isInfoEnabled()).isTrue();
    }

    @Test
    void onlyAnInternalErrorShowsItsStackTrace() throws JoranException {
        LoggerContext product = new LoggerContext();
        JoranConfigurator reader = new JoranConfigurator();
        reader.setContext(product);
        reader.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
        Logger ours = product.getLogger("io.tidewatch.loop.FaultLog");
        Exception planted = new IllegalStateException("planted");

        assertThat(written(product, new LoggingEvent("", ours, Level.ERROR, "internal error", planted, null)))
                .contains("java.lang.IllegalStateException: planted", "at io.tidewatch.app.LogTest.");
        assertThat(written(product, new LoggingEvent("", ours, Level.WARN, "internal error", planted, null)))
                .endsWith("WARN  FaultLog: internal error" + System.lineSeparator());
        assertThat(written(
                        product,
                        new LoggingEvent(
                                "", product.getLogger("org.example.Other"), Level.ERROR, "trouble", planted, null)))
                .doesNotContain("at io.tidewatch");
    }

    @Test
    void whatAnExceptionQuotesForgesNoLine() throws JoranException {
        LoggerContext product = new LoggerContext();
        JoranConfigurator reader = new JoranConfigurator();
        reader.setContext(product);
        reader.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
        Logger ours = product.getLogger("io.tidewatch.loop.FaultLog");
        Exception planted = new IllegalStateException("planted\n18:00:00 INFO  all is well\u001b[2J\r18:00:01 gone");

        assertThat(written(product, new LoggingEvent("", ours, Level.ERROR, "internal error", planted, null)))
                .contains("IllegalStateException: planted\n\t| 18:00:00 INFO  all is well [2J 18:00:01 gone\n\tat ");
    }

    private static String written(LoggerContext product, LoggingEvent event) {
        ConsoleAppender<?> appender = (ConsoleAppender<?>)
                product.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("stderr");
        PatternLayoutEncoder encoder = (PatternLayoutEncoder) appender.getEncoder();
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    /** Otherwise it would be asked of the JDK's logging, which says all of it. */
    @Test
    void vertxLogsWhereWeDo() {
        @SuppressWarnings("deprecation") // the one in use does not say what is behind it
        Object behind = io.vertx.core.logging.LoggerFactory.getLogger("io.vertx.x")
                .getDelegate()
                .unwrap();

        assertThat(behind).isInstanceOf(ch.qos.logback.classic.Logger.class);
    }
}
