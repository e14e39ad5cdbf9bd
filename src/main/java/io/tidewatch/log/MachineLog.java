package io.tidewatch.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.tidewatch.model.report.DiaryEntry;
import java.io.PrintStream;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/** Prints the diary for machines, one line an event, and gives the log of classes the same format. */
public final class MachineLog {

    private final PrintStream out;
    private final Function<LogLine, String> format;

    private MachineLog(PrintStream out, Function<LogLine, String> format) {
        this.out = out;
        this.format = format;
    }

    /** Lines of an instant, a level, an event's code and {@code key=value}. */
    public static MachineLog text(PrintStream out) {
        return new MachineLog(out, LogLine::text);
    }

    /** Lines of one JSON object each. */
    public static MachineLog json(PrintStream out) {
        return new MachineLog(out, LogLine::json);
    }

    public void print(DiaryEntry entry) {
        out.println(format.apply(LogLine.of(entry)));
        out.flush();
    }

    /** From now on all that classes log has this format, too; it stays on the stream that it was on. */
    public void takeOver() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders().forEachRemaining(appender -> {
                if (appender instanceof OutputStreamAppender<ILoggingEvent> stream) {
                    LineEncoder encoder = new LineEncoder(format);
                    encoder.setContext(context);
                    encoder.start();
                    stream.setEncoder(encoder);
                }
            });
        }
    }
}
