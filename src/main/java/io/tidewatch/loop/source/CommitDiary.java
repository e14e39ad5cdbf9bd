package io.tidewatch.loop.source;

import io.tidewatch.loop.CommitListener;
import io.tidewatch.loop.DiaryWriter;
import io.tidewatch.loop.NewProblems;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.report.DiaryEntry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Writes each commit that is read to the diary, with the problems that are new since the commit before. */
public final class CommitDiary implements CommitListener {

    private final DiaryWriter diary;
    private final Clock clock;
    private final BeforeReading before;

    /** Is notified of a commit before it is read, on the thread that reads it. An exception from here ends the reading. */
    @FunctionalInterface
    public interface BeforeReading {

        void reading(Checkout commit);
    }

    /** By source: the problems of the commit that was read last. */
    private final Map<String, List<Problem>> reported = new ConcurrentHashMap<>();

    /** @param before called before a commit is read; a test ends the process there */
    public CommitDiary(DiaryWriter diary, Clock clock, BeforeReading before) {
        this.diary = diary;
        this.clock = clock;
        this.before = before;
    }

    @Override
    public void beforeReading(Checkout commit) {
        before.reading(commit);
    }

    @Override
    public void inForce(SourceDefinitions read, List<Problem> problems) {
        List<Problem> known = Objects.requireNonNullElse(reported.put(read.source(), List.copyOf(problems)), List.of());
        diary.write(lines(read, NewProblems.of(known, problems), clock.instant()));
    }

    static List<DiaryEntry> lines(SourceDefinitions read, NewProblems problems, Instant now) {
        List<DiaryEntry> lines = new ArrayList<>();
        lines.add(line(
                now,
                DiaryEntry.COMMIT_READ,
                "commit " + read.commit().shortId() + " of " + read.source() + " ("
                        + read.commit().author() + "): " + read.commit().subject()));
        problems.fresh().forEach(problem -> lines.add(line(now, problem.code(), text(problem))));
        int before = problems.asBefore();
        if (before > 0) {
            lines.add(line(
                    now,
                    "problems-as-before",
                    "source " + read.source() + ": " + before + (before == 1 ? " problem" : " problems")
                            + " as before"));
        }
        return lines;
    }

    private static String text(Problem problem) {
        return problem.file() + ":" + problem.line() + " " + problem.path() + ": " + problem.message();
    }

    private static DiaryEntry line(Instant now, String code, String text) {
        return new DiaryEntry(now, Optional.empty(), code, text);
    }
}
