package io.tidewatch.definition.read;

import io.tidewatch.definition.calendar.IcsReader;
import io.tidewatch.model.Limits;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Problem.Severity;
import io.tidewatch.model.definition.Calendar;
import io.tidewatch.model.definition.Calendar.DateRange;
import io.tidewatch.model.definition.Calendar.IcsFile;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.yaml.Fields;
import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Nearest;
import io.tidewatch.yaml.Node;
import io.tidewatch.yaml.Place;
import io.tidewatch.yaml.Quoted;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Reads the spec of a Calendar. */
final class CalendarReader {

    static final List<String> SPEC = List.of("dates", "yearly", "icsFile");

    private final Findings findings;
    private final OtherFiles files;

    CalendarReader(Findings findings, OtherFiles files) {
        this.findings = findings;
        this.files = files;
    }

    Optional<Calendar> read(ObjectKey key, Origin origin, Fields spec) {
        List<Place> writtenDates = spec.items("dates", Limits.DATES_IN_CALENDAR);
        List<Place> writtenDays = spec.items("yearly", Limits.YEARLY_DAYS);
        List<DateRange> dates = writtenDates.stream()
                .flatMap(item -> range(spec, item).stream())
                .toList();
        List<MonthDay> yearly = writtenDays.stream()
                .flatMap(item -> spec.parsed(item, ShortTexts::monthDay).stream())
                .toList();
        Optional<IcsFile> ics = spec.optional("icsFile").flatMap(place -> ics(spec, place, origin.file()));
        if (writtenDates.isEmpty()
                && writtenDays.isEmpty()
                && spec.optional("icsFile").isEmpty()) {
            findings.warning(
                    spec.object(), "empty-calendar", "this calendar has no date; write dates, yearly or icsFile");
        }
        return Optional.of(new Calendar(key.namespace(), key.name(), origin, dates, yearly, ics));
    }

    private Optional<DateRange> range(Fields spec, Place item) {
        if (!(item.node() instanceof Node.Mapping)) {
            return spec.parsed(item, ShortTexts::date).map(day -> new DateRange(day, day));
        }
        return Fields.strict(item, findings, List.of("from", "to")).flatMap(range -> {
            Optional<LocalDate> from = day(range, "from", "the first day, as 2027-02-06");
            Optional<LocalDate> to = day(range, "to", "the last day, as 2027-02-08");
            if (from.isEmpty() || to.isEmpty()) {
                return Optional.empty();
            }
            if (to.get().isBefore(from.get())) {
                findings.error(
                        item, "ends-before-start", "to " + to.get() + " is before from " + from.get() + "; swap them");
            }
            return Optional.of(new DateRange(from.get(), to.get()));
        });
    }

    private static Optional<LocalDate> day(Fields range, String name, String right) {
        return range.required(name, right).flatMap(place -> range.parsed(place, ShortTexts::date));
    }

    private Optional<IcsFile> ics(Fields spec, Place place, String file) {
        Optional<String> written = spec.shortText(place);
        Optional<String> path = written.flatMap(w -> resolve(file, w));
        if (written.filter(text -> text.contains("://")).isPresent()) {
            findings.error(
                    place,
                    "missing-file",
                    Quoted.of(written.get())
                            + " is a URL, and nothing is downloaded; commit the file to the source, and write"
                            + " its path");
            return Optional.empty();
        }
        if (written.isPresent() && path.isEmpty()) {
            findings.error(
                    place,
                    "missing-file",
                    Quoted.of(written.get()) + " is outside the source; name a file of the same source");
            return Optional.empty();
        }
        Optional<String> text = path.flatMap(files::text);
        if (path.isPresent() && text.isEmpty()) {
            findings.error(place, "missing-file", "no file " + path.get() + " in this source" + icsHint(path.get()));
            return Optional.empty();
        }
        if (text.isEmpty()) {
            return Optional.empty();
        }
        IcsReader.Read read = files.ics(path.orElse(""), text.get());
        for (IcsReader.Said said : read.said()) {
            if (said.severity() == Severity.ERROR) {
                findings.error(place, said.code(), said.message());
            } else {
                findings.warning(place, said.code(), said.message());
            }
        }
        return read.file();
    }

    private String icsHint(String path) {
        return Nearest.to(path, files.icsPaths())
                .map(name -> "; did you mean " + name + "? (the path is relative to the calendar's own file)")
                .orElse("; the path is relative to the calendar's own file");
    }

    /** Absent where the path leaves the source. */
    static Optional<String> resolve(String file, String written) {
        Deque<String> steps = new ArrayDeque<>();
        String[] folders = file.split("/", -1);
        for (int i = 0; i < folders.length - 1; i++) {
            steps.addLast(folders[i]);
        }
        for (String step : written.split("/", -1)) {
            if (step.equals("..")) {
                if (steps.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!step.equals(".")) {
                steps.addLast(step);
            }
        }
        return written.startsWith("/") ? Optional.empty() : Optional.of(String.join("/", steps));
    }
}
