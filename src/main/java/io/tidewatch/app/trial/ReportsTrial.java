package io.tidewatch.app.trial;

import io.tidewatch.app.trial.Attempt.Found;
import io.tidewatch.config.NightReports;
import io.tidewatch.config.SourceConfig;
import io.tidewatch.git.GitException;
import io.tidewatch.git.PullAttempt;
import io.tidewatch.git.ReportBranch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Asks the remote of a source whether reports may be pushed, and pushes nothing. */
record ReportsTrial(SourceConfig source, NightReports reports, PullAttempt attempt) {

    static List<Attempt> of(SourceConfig source) {
        return source
                .reports()
                .map(reports -> new ReportsTrial(source, reports, new PullAttempt()))
                .map(trial ->
                        new Attempt("reports", source.name(), source.deadline(), trial::find, trial.attempt()::end))
                .stream()
                .toList();
    }

    private List<Found> find() throws IOException {
        Path folder = Files.createTempDirectory("tidewatch-check-");
        ReportBranch branch = source.branchOf(reports, folder.resolve("copy"));
        try {
            return Found.fine("pushing is allowed; the branch " + branch.name()
                    + (branch.mayPush(attempt) ? " is there" : " will be begun"));
        } catch (GitException failed) {
            String name = source.name() + ": ";
            String message = String.valueOf(failed.getMessage());
            throw new IOException(message.startsWith(name) ? message.substring(name.length()) : message, failed);
        } finally {
            branch.discard();
            Files.delete(folder);
        }
    }
}
