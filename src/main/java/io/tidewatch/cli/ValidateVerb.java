package io.tidewatch.cli;

import io.tidewatch.definition.DefinitionReader.Validation;
import io.tidewatch.definition.check.DeadlineHistory;
import io.tidewatch.definition.check.SlowestStep;
import io.tidewatch.model.Problem;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.schedule.Lint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists all problems of definitions. */
@Command(
        name = "validate",
        description = "List every problem of the definitions; exit code 1 if there are errors.",
        mixinStandardHelpOptions = true)
final class ValidateVerb implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files, folders, or - for standard input.")
    private List<String> paths = new ArrayList<>();

    @Option(names = "--strict", description = "Treat warnings as errors.")
    private boolean strict;

    @Mixin
    private KnownFields fields = new KnownFields();

    @Mixin
    private SourceScope scope = new SourceScope();

    @Mixin
    private StepHistory history = new StepHistory();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Validation read = Offline.read(paths, scope.scope(), fields.over(scope.schemas()));
        List<Problem> problems = problems(read, history.slowest(scope.folder()), Instant.now());
        output.print(() -> table(problems, read), () -> document(problems, read));
        return problems.stream().anyMatch(problem -> problem.isError() || (strict && !problem.isNote())) ? 1 : 0;
    }

    /**
     * The problems found by reading, those found in the calendar from an instant on, and those that the steps of the past show; by file
     * and line.
     */
    static List<Problem> problems(Validation read, Map<Target, SlowestStep> slowest, Instant now) {
        List<Problem> problems = new ArrayList<>(read.definitions().problems());
        problems.addAll(Lint.warnings(new Definitions(List.of(read.definitions())), now));
        problems.addAll(DeadlineHistory.warnings(read.definitions(), slowest));
        problems.sort(Comparator.comparing(Problem::file).thenComparingInt(Problem::line));
        return problems;
    }

    private static String table(List<Problem> problems, Validation read) {
        return ProblemLines.of(problems) + ProblemLines.counted(read.documents(), "document") + ", "
                + ProblemLines.counts(problems) + '\n';
    }

    private static Map<String, Object> document(List<Problem> problems, Validation read) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("problems", ProblemLines.rows(problems));
        document.put("documents", read.documents());
        return document;
    }
}
