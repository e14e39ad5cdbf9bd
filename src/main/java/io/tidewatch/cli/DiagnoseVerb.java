package io.tidewatch.cli;

import io.tidewatch.cli.diagnosis.DiagnosisOutput;
import io.tidewatch.cluster.Snapshot;
import io.tidewatch.observe.Dump;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the hop at which a target is late, in the cluster of the current kubeconfig or in a dump. */
@Command(
        name = "diagnose",
        description = {
            "Show the hop at which a target is late, the cause and the proof; exit code 1 if a target needs a person.",
            "It sees one moment, also of a live cluster, and remembers no earlier pass. So the state may differ from that"
                    + " of tidewatch status."
        },
        mixinStandardHelpOptions = true)
final class DiagnoseVerb implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "A ScaledObject, or a Rollout without one. Default: all.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "Namespace of NAME; without NAME, all targets of this namespace. Default: all namespaces.")
    private Optional<String> namespace = Optional.empty();

    @Option(
            names = "--cluster-state",
            paramLabel = "PATH",
            description =
                    "A dump: the output of kubectl get rollout,deployment,sts,rs,pod,hpa,scaledobject,event -A -o yaml."
                            + " Default: the cluster of the current kubeconfig.")
    private List<String> clusterState = new ArrayList<>();

    @Option(
            names = "--wanted",
            paramLabel = "N",
            description =
                    "The desired minimum. Default: the minimum that Tidewatch applied last, else the live minReplicaCount.")
    private Optional<Integer> desired = Optional.empty();

    @Mixin
    private When when = new When();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Dump dump = clusterState.isEmpty()
                ? Dumps.live(new Snapshot.Reach(namespace.stream().collect(Collectors.toSet()), Set.of()))
                : Dumps.read(clusterState);
        Instant at = when.at().orElseGet(this::made);
        List<DiagnosisOutput.Diagnosed> diagnosed = DiagnosisOutput.onDump(
                dump.read(at),
                name,
                namespace,
                desired.isPresent() ? OptionalInt.of(desired.get()) : OptionalInt.empty(),
                Failures::print);
        if (diagnosed.isEmpty()) {
            throw new IllegalArgumentException(nothing());
        }
        output.print(() -> DiagnosisOutput.people(diagnosed), () -> DiagnosisOutput.document(diagnosed));
        return DiagnosisOutput.exitCode(diagnosed);
    }

    private String nothing() {
        String where = namespace.map(one -> " in namespace " + one).orElse("");
        return name.map(one -> "no ScaledObject and no Rollout is called " + one + where)
                .orElse("no ScaledObject and no Rollout" + (where.isEmpty() ? " here" : where));
    }

    /** The time of the dump: now for standard input, the last change of a file. */
    private Instant made() {
        return clusterState.stream()
                .filter(path -> !path.equals("-"))
                .map(path -> changed(Path.of(path)))
                .max(Instant::compareTo)
                .orElseGet(Instant::now);
    }

    private static Instant changed(Path path) {
        try {
            return Files.getLastModifiedTime(path).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }
}
