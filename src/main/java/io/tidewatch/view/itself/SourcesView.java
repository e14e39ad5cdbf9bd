package io.tidewatch.view.itself;

import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.report.NightReportHealth;
import io.tidewatch.model.report.SourceHealth;
import io.tidewatch.view.Facts;
import io.tidewatch.view.Mood;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The page of the sources. */
public record SourcesView(Instant at, List<Source> sources) {

    /** The problems of one source that are shown; a commit has no more. */
    private static final int MOST_PROBLEMS = 200;

    public SourcesView {
        sources = List.copyOf(sources);
    }

    /** How all of them stand for one look. */
    public Mood mood() {
        return sources.stream()
                .map(Source::mood)
                .max(Comparator.comparing(mood -> mood == Mood.BAD ? 2 : mood == Mood.UNKNOWN ? 1 : 0))
                .orElse(Mood.GOOD);
    }

    /**
     * One source.
     *
     * @param inForce the commit whose definitions count
     * @param seen the short id of the commit that its ref pointed at when it last answered
     * @param trouble why it could not be pulled or read
     * @param schedules how many it defines
     * @param reports how the reports of its nights stand; absent where none are configured
     */
    public record Source(
            String name,
            Mood mood,
            Optional<InForce> inForce,
            Optional<String> seen,
            Optional<Instant> lastAnswered,
            Optional<Instant> lastAsked,
            Instant due,
            Optional<String> trouble,
            int schedules,
            List<Found> problems,
            Optional<Reports> reports) {

        public Source {
            problems = List.copyOf(problems);
        }
    }

    /**
     * How the reports of its nights stand.
     *
     * @param reported the day on which the last night ended whose report is on the branch
     */
    public record Reports(String branch, Optional<String> reported, Optional<String> trouble) {}

    /** The commit whose definitions count. */
    public record InForce(String commit, String author, Instant time, String subject) {}

    /** A problem of a file. */
    public record Found(String severity, String file, int line, String path, String message) {}

    /** @param reports how the reports of nights stand, by source */
    public static SourcesView of(Facts facts, Map<String, NightReportHealth> reports) {
        return new SourcesView(
                facts.at(),
                facts.standing().sources().stream()
                        .map(health -> source(
                                health,
                                facts.definitions().sources().stream()
                                        .filter(one -> one.source().equals(health.source()))
                                        .findFirst(),
                                Optional.ofNullable(reports.get(health.source()))))
                        .toList());
    }

    private static Source source(
            SourceHealth health, Optional<SourceDefinitions> read, Optional<NightReportHealth> reports) {
        List<Problem> problems = read.map(SourceDefinitions::problems).orElse(List.of());
        Mood mood = Mood.GOOD;
        if (read.isEmpty()) {
            mood = Mood.UNKNOWN;
        }
        if (health.trouble().isPresent()
                || reports.flatMap(NightReportHealth::trouble).isPresent()
                || problems.stream().anyMatch(Problem::isError)) {
            mood = Mood.BAD;
        }
        return new Source(
                health.source(),
                mood,
                read.map(SourceDefinitions::commit).map(SourcesView::inForce),
                health.commitSeen().map(Commit::shortId),
                health.lastAnswered(),
                health.lastAsked(),
                health.due(),
                health.trouble(),
                read.map(one -> one.schedules().size()).orElse(0),
                problems.stream()
                        .sorted(Comparator.comparing(Problem::severity))
                        .limit(MOST_PROBLEMS)
                        .map(problem -> new Found(
                                problem.severity().name().toLowerCase(Locale.ROOT),
                                problem.file(),
                                problem.line(),
                                problem.path(),
                                problem.message()))
                        .toList(),
                reports.map(one -> new Reports(one.branch(), one.reported().map(LocalDate::toString), one.trouble())));
    }

    private static InForce inForce(Commit commit) {
        return new InForce(commit.shortId(), commit.author(), commit.time(), commit.subject());
    }
}
