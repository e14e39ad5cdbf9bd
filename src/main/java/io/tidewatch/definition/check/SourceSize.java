package io.tidewatch.definition.check;

import io.tidewatch.definition.read.Kinds;
import io.tidewatch.definition.read.ReadDocument;
import io.tidewatch.definition.read.ReadFile;
import io.tidewatch.model.Limits;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.Calendar;
import io.tidewatch.model.definition.FileDefinitions;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.ScaleSchedule;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Counts what the files of one source define together, and finds the first document that goes past a limit of a source. */
public final class SourceSize {

    /** The code of a source that defines more than a source may. */
    public static final String CODE = "source-too-large";

    private final Most most;
    private int schedules;
    private int windows;
    private int calendars;
    private int objects;

    public SourceSize(Most most) {
        this.most = most;
    }

    /**
     * What one source may define, all its files together.
     *
     * @param windows of all schedules
     * @param objects manifests: Rollouts and ScaledObjects
     */
    public record Most(int schedules, int windows, int calendars, int objects) {
        public static final Most DEFAULT = new Most(
                Limits.SCHEDULES_IN_SOURCE,
                Limits.WINDOWS_IN_SOURCE,
                Limits.CALENDARS_IN_SOURCE,
                Limits.OBJECTS_IN_SOURCE);
    }

    /** Adds the documents of a file, valid or not; returns the problem of the first document past a limit, if there is one. */
    public Optional<Problem> add(ReadFile file) {
        for (ReadDocument document : file.documents()) {
            int more = document.schedule().map(SourceSize::windows).orElse(0);
            Optional<String> past = past(document.key().kind(), more);
            if (past.isPresent()) {
                return Optional.of(problem(
                        file.path(),
                        document.line(),
                        "with this document the source has more than " + past.get()
                                + ", so nothing of this commit counts, and what was in force before stays"));
            }
        }
        return Optional.empty();
    }

    /** The problem of definitions that exceed what a source may have in force, if they do. */
    public static Optional<Problem> judge(Collection<FileDefinitions> files, Most most) {
        SourceSize size = new SourceSize(most);
        return files.stream()
                .flatMap(file -> size.add(file).stream())
                .findFirst()
                .or(() -> selectsTooMuch(files));
    }

    private static Optional<Problem> selectsTooMuch(Collection<FileDefinitions> files) {
        return new Catalog(files, List.of())
                .firstTooMany()
                .map(schedule -> together(
                        schedule.origin(),
                        limit(Limits.SELECTED_IN_SOURCE, "ScaledObjects to compare with its selectors")));
    }

    private Optional<Problem> add(FileDefinitions file) {
        for (ScaleSchedule schedule : file.schedules()) {
            Optional<String> past = past(Kinds.SCALE_SCHEDULE, windows(schedule));
            if (past.isPresent()) {
                return Optional.of(together(schedule.origin(), past.get()));
            }
        }
        for (Calendar calendar : file.calendars()) {
            Optional<String> past = past(Kinds.CALENDAR, 0);
            if (past.isPresent()) {
                return Optional.of(together(calendar.origin(), past.get()));
            }
        }
        for (Manifest manifest : file.manifests()) {
            Optional<String> past = past(manifest.key().kind(), 0);
            if (past.isPresent()) {
                return Optional.of(together(manifest.origin(), past.get()));
            }
        }
        return Optional.empty();
    }

    private static Problem together(Origin origin, String past) {
        return problem(
                origin.file(),
                origin.line(),
                "with older versions and removed documents, which stay in force while this source has errors, it has"
                        + " more than " + past
                        + ", so nothing of this commit counts; fix the errors first");
    }

    /** Counts one document; returns the limit that it exceeds, if any. */
    private Optional<String> past(String kind, int moreWindows) {
        switch (kind) {
            case Kinds.SCALE_SCHEDULE -> {
                schedules++;
                windows += moreWindows;
            }
            case Kinds.CALENDAR -> calendars++;
            default -> objects++;
        }
        if (schedules > most.schedules()) {
            return Optional.of(limit(most.schedules(), "ScaleSchedules"));
        }
        if (windows > most.windows()) {
            return Optional.of(limit(most.windows(), "windows"));
        }
        if (calendars > most.calendars()) {
            return Optional.of(limit(most.calendars(), "Calendars"));
        }
        return objects > most.objects()
                ? Optional.of(limit(most.objects(), "Rollouts and ScaledObjects"))
                : Optional.empty();
    }

    private static String limit(int most, String what) {
        return String.format(Locale.ROOT, "%,d %s", most, what);
    }

    private static Problem problem(String file, int line, String message) {
        return new Problem(
                file,
                line,
                "",
                Problem.Severity.ERROR,
                CODE,
                message + "; remove what is not needed, or divide it among several sources");
    }

    private static int windows(ScaleSchedule schedule) {
        return schedule.windows().size();
    }
}
