package io.tidewatch.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.regex.Pattern;

/**
 * Prints the stack traces of Tidewatch's internal errors, which are logged at ERROR, also without {@code --debug}. It is
 * {@code %trace} in logback.xml.
 */
public final class FaultTraces extends ThrowableProxyConverter {

    private static final String OURS = "io.tidewatch.";

    /** Characters that no line of a stack trace has, though a text that an exception quotes may. */
    private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}&&[^\n\t]]+");

    private static final Pattern OF_A_TRACE = Pattern.compile("\\s.*|Caused by: .*|Wrapped by: .*|");

    @Override
    public String convert(ILoggingEvent event) {
        boolean fault = event.getLevel().isGreaterOrEqual(Level.ERROR)
                && event.getLoggerName().startsWith(OURS);
        return fault ? withoutForgery(super.convert(event)) : "";
    }

    /** Indents lines from the message of an exception, so that they do not look like lines of the log. */
    private static String withoutForgery(String trace) {
        String[] lines = FORBIDDEN.matcher(trace).replaceAll(" ").split("\n", -1);
        for (int i = 1; i < lines.length; i++) {
            if (!OF_A_TRACE.matcher(lines[i]).matches()) {
                lines[i] = "\t| " + lines[i];
            }
        }
        return String.join("\n", lines);
    }
}
