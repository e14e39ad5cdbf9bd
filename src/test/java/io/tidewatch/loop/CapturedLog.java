package io.tidewatch.loop;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.joran.spi.JoranException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/**
 * What is logged by the configuration that is shipped, with its root and ours at DEBUG; meanwhile it goes nowhere else. What
 * that configuration silences is silent.
 */
final class CapturedLog implements AutoCloseable {

    private static final String SHIPPED = "src/main/resources/logback.xml";
    private static final String OF_TESTS = "src/test/resources/logback-test.xml";

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
            for (var cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
                lines.add(String.valueOf(cause.getMessage()));
            }
        }
    };

    private CapturedLog() {
        LoggerContext context = configured(SHIPPED);
        appender.setContext(context);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(appender);
        root.setLevel(Level.DEBUG);
        context.getLogger("io.tidewatch").setLevel(Level.DEBUG);
    }

    static CapturedLog start() {
        return new CapturedLog();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        configured(OF_TESTS);
    }

    private static LoggerContext configured(String file) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(file);
        } catch (JoranException e) {
            throw new IllegalStateException(file, e);
        }
        return context;
    }
}
