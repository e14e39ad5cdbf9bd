package io.tidewatch.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an instant with offset or Z, or a local date or date-time in the host's zone, which it then prints. */
final class Instants implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String text) {
        ZoneId zone = ZoneId.systemDefault();
        try {
            if (text.length() == "2026-11-22".length()) {
                return local(
                        text, zone, LocalDate.parse(text).atStartOfDay(zone).toInstant());
            }
            if (text.endsWith("Z") || hasOffset(text)) {
                return OffsetDateTime.parse(text).toInstant();
            }
            return local(text, zone, LocalDateTime.parse(text).atZone(zone).toInstant());
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("\"" + text
                    + "\" is not a valid time; write 2026-11-22T22:30:00+09:00, or a local date or date-time");
        }
    }

    private static boolean hasOffset(String text) {
        int time = text.indexOf('T');
        return time >= 0 && text.substring(time).matches(".*[+-]\\d\\d:?\\d\\d");
    }

    private static Instant local(String text, ZoneId zone, Instant instant) {
        Tidewatch.err().println("tidewatch: " + text + " is read in the time zone of this machine, " + zone);
        return instant;
    }
}
