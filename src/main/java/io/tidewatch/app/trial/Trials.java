package io.tidewatch.app.trial;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.app.trial.Attempt.Found;
import io.tidewatch.cli.Trial;
import io.tidewatch.config.Configuration;
import io.tidewatch.config.SourceConfig;
import io.tidewatch.git.TextBudget;
import io.tidewatch.journal.SharedDatabase;
import io.tidewatch.loop.RunMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Everything that a configuration names, each tried by itself, all at the same time.
 *
 * @param database where the replicas share a journal
 * @param client opened for the trial
 */
public record Trials(
        Configuration configuration,
        RunMode mode,
        Optional<SharedDatabase> database,
        Supplier<KubernetesClient> client) {

    /** Of everything but sources, which have their own. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** In the order: state, cluster, database, sources, receivers. */
    public List<Trial> run() throws InterruptedException {
        List<Attempt.Begun> begun = new ArrayList<>();
        for (Attempt attempt : attempts()) {
            begun.add(attempt.begin());
        }
        List<Trial> trials = new ArrayList<>();
        for (Attempt.Begun one : begun) {
            trials.addAll(one.await());
        }
        return List.copyOf(trials);
    }

    private List<Attempt> attempts() {
        List<Attempt> attempts = new ArrayList<>();
        Path state = configuration.stateDirectory();
        attempts.add(new Attempt("state", state.toString(), LONGEST, () -> writable(state)));
        attempts.add(new Attempt(
                "cluster", "kubernetes", LONGEST, () -> new ClusterTrial(configuration, mode, client).find()));
        database.ifPresent(shared ->
                attempts.add(new Attempt("database", "postgresql", LONGEST, () -> Found.fine(shared.probe()))));
        TextBudget budget = TextBudget.ofThisProcess();
        for (SourceConfig source : configuration.sources()) {
            SourceTrial trial = new SourceTrial(source, budget);
            attempts.add(new Attempt("source", source.name(), source.deadline(), trial::find, trial::giveUp));
        }
        configuration
                .alerting()
                .receivers()
                .forEach(receiver -> attempts.add(new Attempt(
                        "receiver", receiver.name(), LONGEST, () -> Found.fine(ReceiverTrial.of(receiver)))));
        return attempts;
    }

    /** Nothing is made: a folder that is not there yet needs one above it that can be written to. */
    private static List<Found> writable(Path state) throws IOException {
        Path there = state.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new IOException(there + " is not a folder");
        }
        if (!Files.isWritable(there)) {
            throw new IOException(there + " is not writable for this user");
        }
        return Found.fine(Files.exists(state) ? "writable" : "will be made in " + there);
    }
}
