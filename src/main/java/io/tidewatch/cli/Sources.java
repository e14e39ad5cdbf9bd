package io.tidewatch.cli;

import io.tidewatch.cluster.Snapshot;
import io.tidewatch.config.Configuration;
import io.tidewatch.config.SourceConfig;
import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.definition.check.Scope;
import io.tidewatch.git.GitSource;
import io.tidewatch.git.TextBudget;
import io.tidewatch.loop.source.GitPast;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.SourcePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The definitions of a plan, and what their sources may do.
 *
 * @param instance the name of this Tidewatch on the objects that it changes
 * @param controllers the namespaces of KEDA and Argo Rollouts; all when empty
 */
record Sources(Definitions definitions, Map<String, SourcePolicy> policies, String instance, Set<String> controllers) {

    private static final String DEFAULT_INSTANCE = "tidewatch";

    /** From files, as of one source with this policy, whatever its name. */
    static Sources offline(SourceDefinitions files, SourcePolicy policy, Set<String> controllers) {
        return new Sources(
                new Definitions(List.of(files)),
                Map.of(
                        files.source(),
                        new SourcePolicy(
                                files.source(),
                                policy.apply(),
                                policy.restoreDrift(),
                                policy.namespaces(),
                                policy.kinds())),
                DEFAULT_INSTANCE,
                controllers);
    }

    /** What of the cluster a plan needs: the namespaces of the sources where all of them name theirs, else all. */
    Snapshot.Reach reach() {
        boolean allNamed = policies.values().stream()
                .noneMatch(policy -> policy.namespaces().isEmpty());
        return allNamed
                ? new Snapshot.Reach(
                        policies.values().stream()
                                .flatMap(policy -> policy.namespaces().stream())
                                .collect(Collectors.toSet()),
                        controllers)
                : Snapshot.Reach.ALL;
    }

    /** The same sources, as if they applied nothing but minimums. */
    Sources minimumsOnly() {
        Map<String, SourcePolicy> none = new HashMap<>();
        policies.forEach((source, policy) -> none.put(source, policy.with(false)));
        return new Sources(definitions, none, instance, controllers);
    }

    /** The configured sources as they are in Git now. The mirrors of a running reconciler are not used. */
    static Sources configured(Configuration configuration) {
        Path folder = temporary();
        try {
            List<SourceDefinitions> read = new ArrayList<>();
            Map<String, SourcePolicy> policies = new HashMap<>();
            TextBudget budget = TextBudget.ofThisProcess();
            for (SourceConfig source : configuration.sources()) {
                GitSource mirror = source.mirror(folder.resolve(source.name()), budget);
                Checkout checkout = mirror.pull()
                        .orElseThrow(() -> new IllegalStateException("source " + source.name() + ": nothing was read"));
                SourceDefinitions definitions;
                try (PastTexts history = GitPast.of(mirror)) {
                    definitions = new DefinitionReader(Scope.of(source.policy()), configuration.schemas())
                            .read(checkout, Optional.empty(), history);
                }
                definitions.problems().stream()
                        .filter(Problem::isError)
                        .forEach(problem -> Tidewatch.err().println("tidewatch: " + Offline.line(problem)));
                read.add(definitions);
                policies.put(source.name(), source.policy());
            }
            return new Sources(
                    new Definitions(read), policies, configuration.instance(), configuration.controllerNamespaces());
        } finally {
            delete(folder);
        }
    }

    /** The commits of the sources, separated by commas; absent if files were read. */
    Optional<String> commit() {
        String commits = definitions.sources().stream()
                .map(SourceDefinitions::commit)
                .map(Commit::id)
                .filter(id -> !id.isEmpty())
                .collect(Collectors.joining(","));
        return Optional.of(commits).filter(text -> !text.isEmpty());
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("tidewatch-plan");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a temporary folder", e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be deleted", e);
        }
    }
}
