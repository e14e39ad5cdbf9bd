package io.tidewatch.app.trial;

import io.tidewatch.app.trial.Attempt.Found;
import io.tidewatch.config.SourceConfig;
import io.tidewatch.git.CommitGate;
import io.tidewatch.git.GitException;
import io.tidewatch.git.GitSource;
import io.tidewatch.git.PullAttempt;
import io.tidewatch.git.TextBudget;
import io.tidewatch.model.definition.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Pulls a source as {@code run} does, into a folder that goes again. */
final class SourceTrial {

    private final SourceConfig source;
    private final TextBudget budget;
    private final PullAttempt attempt = new PullAttempt();

    SourceTrial(SourceConfig source, TextBudget budget) {
        this.source = source;
        this.budget = budget;
    }

    List<Found> find() throws IOException {
        Path folder = Files.createTempDirectory("tidewatch-check-");
        GitSource mirror = source.mirror(folder.resolve("mirror"), budget);
        try {
            Checkout checkout = mirror.pull(attempt, CommitGate.OPEN)
                    .orElseThrow(() -> new IOException("the pull returned no commit"));
            return Found.fine(source.ref() + " is at " + checkout.commit().shortId() + " ("
                    + checkout.commit().author() + "), files: "
                    + checkout.files().size());
        } catch (GitException failed) {
            throw new IOException(withoutName(String.valueOf(failed.getMessage())), failed);
        } finally {
            mirror.discard();
            Files.delete(folder);
        }
    }

    /** Its name has a column of its own. */
    private String withoutName(String message) {
        String name = source.name() + ": ";
        return message.startsWith(name) ? message.substring(name.length()) : message;
    }

    void giveUp() {
        attempt.end();
    }
}
