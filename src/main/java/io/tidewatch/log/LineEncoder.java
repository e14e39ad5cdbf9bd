package io.tidewatch.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Formats the log events of classes like lines of the diary: one line each, with the stack trace in it. */
final class LineEncoder extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = new byte[0];

    private final Function<LogLine, String> format;

    LineEncoder(Function<LogLine, String> format) {
        this.format = format;
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        Map<String, String> fields = new LinkedHashMap<>();
        String logger = event.getLoggerName();
        fields.put("logger", logger.substring(logger.lastIndexOf('.') + 1));
        fields.put("thread", event.getThreadName());
        fields.put("msg", String.valueOf(event.getFormattedMessage()));
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            fields.put("trace", ThrowableProxyUtil.asString(thrown));
        }
        LogLine line = new LogLine(event.getInstant(), event.getLevel().toString(), "log", fields);
        return (format.apply(line) + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
