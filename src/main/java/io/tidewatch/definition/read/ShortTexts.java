package io.tidewatch.definition.read;

import io.tidewatch.model.definition.Window;
import io.tidewatch.yaml.Parsed;
import io.tidewatch.yaml.Quoted;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses the short texts in a schedule or a calendar: durations, shares, names. */
final class ShortTexts {

    private static final Pattern PERCENT = Pattern.compile("[0-9]{1,5}%");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2199;
    private static final int MAX_NAME = 253;
    private static final int MAX_WINDOW_NAME = 63;

    private ShortTexts() {}

    static Parsed<Window.Moment> moment(String text) {
        try {
            Window.Moment moment = hasOffset(text)
                    ? new Window.Moment.WithOffset(OffsetDateTime.parse(text))
                    : new Window.Moment.Local(LocalDateTime.parse(text));
            int year = moment instanceof Window.Moment.Local local
                    ? local.dateTime().getYear()
                    : ((Window.Moment.WithOffset) moment).dateTime().getYear();
            return year < FIRST_YEAR || year > LAST_YEAR
                    ? Parsed.bad("wrong-time", notFollowed(text))
                    : Parsed.good(moment);
        } catch (DateTimeException e) {
            String right = DateSpelling.momentAsMeant(text)
                    .map(moment -> "write " + moment)
                    .or(() -> DateSpelling.date(text).map(date -> "add the time, as " + date + "T00:00"))
                    .or(() -> DateSpelling.moment(text).map(moment -> "write " + moment))
                    .orElse("write it as 2026-12-24T18:00, or with an offset as 2026-12-24T18:00+09:00");
            return Parsed.bad("wrong-time", Quoted.of(text) + " is not a date with a time; " + right);
        }
    }

    private static String notFollowed(String text) {
        return Quoted.of(text) + " is outside the supported years " + FIRST_YEAR + " to " + LAST_YEAR;
    }

    private static boolean hasOffset(String text) {
        String time = text.substring(text.indexOf('T') + 1);
        return text.contains("T")
                && (time.endsWith("Z") || time.endsWith("z") || time.contains("+") || time.contains("-"));
    }

    static Parsed<LocalDate> date(String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            return date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR
                    ? Parsed.bad("wrong-date", notFollowed(text))
                    : Parsed.good(date);
        } catch (DateTimeException e) {
            String right = DateSpelling.ofOneYear(text)
                    .map(date -> "; write " + date)
                    .or(() -> DateSpelling.monthDay(text)
                            .map(day -> "; write it with its year, or as \"" + day + "\" under yearly"))
                    .orElse("; write one that exists, as 2026-12-25");
            return Parsed.bad("wrong-date", Quoted.of(text) + " is not a date" + right);
        }
    }

    static Parsed<MonthDay> monthDay(String text) {
        try {
            return Parsed.good(MonthDay.parse("--" + text));
        } catch (DateTimeException e) {
            String right = DateSpelling.monthDay(text)
                    .map(day -> "; write \"" + day + "\"")
                    .or(() -> DateSpelling.ofOneYear(text)
                            .map(date -> "; write \"" + date.toString().substring(5) + "\", or " + date
                                    + " under dates for that year alone"))
                    .orElse("; write one that exists, as \"12-25\"");
            return Parsed.bad("wrong-date", Quoted.of(text) + " is not a day of a year" + right);
        }
    }

    static Parsed<Window.Minimum> share(String text) {
        if (PERCENT.matcher(text).matches()) {
            return Parsed.good(new Window.Minimum.Share(Integer.parseInt(text.substring(0, text.length() - 1))));
        }
        String joined = text.replace(" ", "");
        if (!joined.equals(text) && PERCENT.matcher(joined).matches()) {
            return Parsed.bad("wrong-floor", Quoted.of(text) + " has a space; write \"" + joined + "\"");
        }
        String unquoted = text.matches("[0-9]{1,9}") ? "; write it without quotes" : "";
        return Parsed.bad(
                "wrong-floor",
                Quoted.of(text) + " is neither a number of replicas nor a percentage of the baseline"
                        + (unquoted.isEmpty() ? "; write 7 or \"150%\"" : unquoted));
    }

    /** Namespaces. */
    static Parsed<String> label(String text) {
        return LABEL.matcher(text).matches()
                ? Parsed.good(text)
                : Parsed.bad(
                        "wrong-name",
                        Quoted.of(text) + " is not a valid Kubernetes name; use a-z, 0-9 and -, at most 63 characters");
    }

    /** Names of custom resources. */
    static Parsed<String> name(String text) {
        boolean fits = text.length() <= MAX_NAME;
        for (String part : text.split("\\.", -1)) {
            fits &= !part.isEmpty() && part.matches("[a-z0-9]([-a-z0-9]{0,251}[a-z0-9])?");
        }
        return fits
                ? Parsed.good(text)
                : Parsed.bad(
                        "wrong-name",
                        Quoted.of(text)
                                + " is not a valid Kubernetes name; use a-z, 0-9, - and ., at most 253 characters");
    }

    /** A calendar as a window refers to it: {@code name} or {@code namespace/name}. */
    static Parsed<String> calendar(String text) {
        int slash = text.indexOf('/');
        Optional<String> namespace =
                slash < 0 ? Optional.of("") : label(text.substring(0, slash)).value();
        return namespace.isPresent() && name(text.substring(slash + 1)).value().isPresent()
                ? Parsed.good(text)
                : Parsed.bad("wrong-name", Quoted.of(text) + " does not name a calendar; write name or namespace/name");
    }

    static Parsed<String> windowName(String text) {
        boolean fits = !text.isBlank()
                && text.length() <= MAX_WINDOW_NAME
                && text.equals(text.strip())
                && text.codePoints().noneMatch(Character::isISOControl);
        return fits
                ? Parsed.good(text)
                : Parsed.bad("wrong-name", "a window's name is one line of 1 to " + MAX_WINDOW_NAME + " characters");
    }
}
