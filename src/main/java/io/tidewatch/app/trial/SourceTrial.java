package io.tidewatch.app.trial;

import io.tidewatch.app.trial.Attempt.Found;
import io.tidewatch.config.SourceConfig;
import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.definition.check.Scope;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.git.CommitGate;
import io.tidewatch.git.GitException;
import io.tidewatch.git.GitSource;
import io.tidewatch.git.PullAttempt;
import io.tidewatch.git.TextBudget;
import io.tidewatch.loop.source.GitPast;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.SourceDefinitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Pulls a source as {@code run} does, into a folder that goes again. */
final class SourceTrial {

    private final SourceConfig source;
    private final Schemas schemas;
    private final TextBudget budget;
    private final PullAttempt attempt = new PullAttempt();
    private volatile Optional<SourceDefinitions> read = Optional.empty();

    SourceTrial(SourceConfig source, Schemas schemas, TextBudget budget) {
        this.source = source;
        this.schemas = schemas;
        this.budget = budget;
    }

    Attempt attempt() {
        return new Attempt("source", source.name(), source.deadline(), this::find, this::giveUp);
    }

    private List<Found> find() throws IOException {
        Path folder = Files.createTempDirectory("tidewatch-check-");
        GitSource mirror = source.mirror(folder.resolve("mirror"), budget);
        try {
            Checkout checkout = mirror.pull(attempt, CommitGate.OPEN)
                    .orElseThrow(() -> new IOException("the pull returned no commit"));
            read = Optional.of(definitions(checkout, mirror));
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

    /** What it defines, once it has been read. */
    Optional<SourceDefinitions> read() {
        return read;
    }

    private SourceDefinitions definitions(Checkout checkout, GitSource mirror) {
        try (PastTexts history = GitPast.of(mirror)) {
            return new DefinitionReader(Scope.of(source.policy()), schemas).read(checkout, Optional.empty(), history);
        }
    }

    /** Its name has a column of its own. */
    private String withoutName(String message) {
        String name = source.name() + ": ";
        return message.startsWith(name) ? message.substring(name.length()) : message;
    }

    private void giveUp() {
        attempt.end();
    }
}
