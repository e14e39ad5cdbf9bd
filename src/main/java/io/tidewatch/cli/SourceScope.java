package io.tidewatch.cli;

import io.tidewatch.config.ConfigurationReader.SourceRules;
import io.tidewatch.definition.check.Scope;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.yaml.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** What the files may define, so that the result is the same as in {@code run}. */
final class SourceScope {

    @Option(
            names = "--namespaces",
            paramLabel = "NS",
            split = ",",
            description = "Namespaces that the source may define, separated by commas. Default: all.")
    private List<String> namespaces = new ArrayList<>();

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "Take the namespaces of the source and the names of receivers from this configuration.")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "The source that the files belong to. Needed if the configuration has several.")
    private Optional<String> source = Optional.empty();

    /** @throws IllegalArgumentException if the options do not name the source */
    Scope scope() {
        if (folder.isEmpty()) {
            if (source.isPresent()) {
                throw new IllegalArgumentException("--source " + source.get() + " needs --config DIR");
            }
            return new Scope(Set.copyOf(namespaces));
        }
        SourceRules rules = Configurations.rules(folder.get());
        Optional<SourcePolicy> policy = policyOf(rules);
        return new Scope(
                namespaces.isEmpty() ? policy.map(SourcePolicy::namespaces).orElse(Set.of()) : Set.copyOf(namespaces),
                Optional.of(rules.receivers()),
                policy.map(SourcePolicy::kinds).orElse(Set.of()));
    }

    /** The fields of Argo Rollouts and KEDA that {@code --config} names; else the newest known. */
    Schemas schemas() {
        return folder.map(Configurations::rules).map(SourceRules::schemas).orElse(Schemas.NEWEST);
    }

    /** The folder of {@code --config}; absent if it is not given. */
    Optional<Path> folder() {
        return folder;
    }

    private Optional<SourcePolicy> policyOf(SourceRules rules) {
        List<String> names = List.copyOf(rules.namespaces().keySet());
        String all = String.join(", ", names);
        if (source.isEmpty() && names.size() > 1) {
            throw new IllegalArgumentException("sources " + all + " are configured; name one with --source");
        }
        Optional<String> meant = source.or(() -> names.stream().findFirst());
        if (meant.isPresent() && !names.contains(meant.get())) {
            throw new IllegalArgumentException(
                    "no source " + meant.get() + " in the configuration" + Nearest.hint(meant.get(), names));
        }
        return meant.map(name -> rules.policies().get(name));
    }
}
