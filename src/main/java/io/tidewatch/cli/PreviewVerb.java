package io.tidewatch.cli;

import io.tidewatch.cli.preview.PreviewTable;
import io.tidewatch.definition.DefinitionReader.Validation;
import io.tidewatch.definition.check.ScheduleChecks;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.view.calendar.Preview;
import io.tidewatch.view.calendar.PreviewDocument;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the upcoming edges. */
@Command(
        name = "preview",
        description = "List upcoming changes of minimum and maximum, and skipped days.",
        mixinStandardHelpOptions = true)
final class PreviewVerb implements Callable<Integer> {

    private static final int MOST_DAYS = 3_660;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files, folders, or - for standard input.")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "T",
            description = "A time with offset or Z, or a local date or date-time. Default: now.",
            converter = Instants.class)
    private Optional<Instant> from = Optional.empty();

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "How many days of 24 hours, 1 to 3660. Default: ${DEFAULT-VALUE}.",
            defaultValue = "7")
    private int days = 7;

    @Mixin
    private SourceScope scope = new SourceScope();

    @Mixin
    private KnownLeads leads = new KnownLeads();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        if (days < 1 || days > MOST_DAYS) {
            throw new ParameterException(spec.commandLine(), "--days " + days + " is not between 1 and " + MOST_DAYS);
        }
        Validation read = Offline.readAndPrint(paths, scope.scope(), scope.schemas());
        Instant begin = from.orElseGet(Instant::now);
        Preview preview = Preview.of(
                new Definitions(List.of(read.windows())),
                leads.leads(scope.folder()),
                begin,
                begin.plus(days, ChronoUnit.DAYS));
        output.print(() -> new PreviewTable(preview, ZoneId.systemDefault()).text(), () -> PreviewDocument.of(preview));
        return read.definitions().problems().stream().anyMatch(PreviewVerb::matters) ? 1 : 0;
    }

    /** A missing ScaledObject does not matter: a schedule alone is enough to list its windows. */
    private static boolean matters(Problem problem) {
        return problem.isError() && !problem.code().equals(ScheduleChecks.MISSING_OBJECT);
    }
}
