package io.tidewatch.app.trial;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.app.trial.Attempt.Found;
import io.tidewatch.cli.Trial;
import io.tidewatch.config.Configuration;
import io.tidewatch.git.TextBudget;
import io.tidewatch.journal.SharedDatabase;
import io.tidewatch.loop.RunMode;
import io.tidewatch.model.definition.SourceDefinitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Everything that a configuration names, each tried by itself, all but the cluster at the same time.
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

    /** In the order: state, cluster, database, sources, receivers. The cluster is asked last, for what the sources turned out to need. */
    public List<Trial> run() throws InterruptedException {
        TextBudget budget = TextBudget.ofThisProcess();
        List<SourceTrial> sources = configuration.sources().stream()
                .map(source -> new SourceTrial(source, configuration.schemas(), budget))
                .toList();
        Path state = configuration.stateDirectory();
        List<Trial> trials =
                new ArrayList<>(await(List.of(new Attempt("state", state.toString(), LONGEST, () -> writable(state)))));
        List<Trial> others = await(attempts(sources));
        List<SourceDefinitions> read =
                sources.stream().flatMap(source -> source.read().stream()).toList();
        trials.addAll(await(List.of(new Attempt(
                "cluster", "kubernetes", LONGEST, () -> new ClusterTrial(configuration, mode, read, client).find()))));
        trials.addAll(others);
        return List.copyOf(trials);
    }

    private static List<Trial> await(List<Attempt> attempts) throws InterruptedException {
        List<Attempt.Begun> begun = attempts.stream().map(Attempt::begin).toList();
        List<Trial> trials = new ArrayList<>();
        for (Attempt.Begun one : begun) {
            trials.addAll(one.await());
        }
        return trials;
    }

    private List<Attempt> attempts(List<SourceTrial> sources) {
        List<Attempt> attempts = new ArrayList<>();
        database.ifPresent(shared ->
                attempts.add(new Attempt("database", "postgresql", LONGEST, () -> Found.fine(shared.probe()))));
        sources.forEach(source -> attempts.add(source.attempt()));
        if (mode != RunMode.OBSERVE) {
            configuration.sources().forEach(source -> attempts.addAll(ReportsTrial.of(source)));
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
