package io.tidewatch.cli;

import io.tidewatch.config.Values;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration. */
final class Lengths implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        return Values.duration(text)
                .orElseThrow(() -> new TypeConversionException(
                        "\"" + text + "\" is not a valid duration; write 2h, 90m, 1h30m or PT2H"));
    }
}
