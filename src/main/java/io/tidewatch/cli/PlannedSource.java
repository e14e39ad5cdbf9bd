package io.tidewatch.cli;

import io.tidewatch.config.ConfigurationReader.SourceRules;
import io.tidewatch.definition.check.Scope;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.yaml.Nearest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The source that planned files belong to: what it may do, and in which namespaces. */
final class PlannedSource {

    private static final SourcePolicy DEFAULT = new SourcePolicy("", true, true);

    /** The values of {@code apply:} in sources.yaml. */
    enum Apply {
        none,
        all
    }

    @Option(
            names = "--apply",
            paramLabel = "none|all",
            description =
                    "With --definitions: whether all objects of the source are applied (all), or only minimums are"
                            + " written (none). Default: as in --config, else all.")
    private Optional<Apply> apply = Optional.empty();

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "With --definitions and --config: the source that the files belong to. Needed if there are"
                    + " several sources.")
    private Optional<String> source = Optional.empty();

    /** @throws IllegalArgumentException if the options do not name the source */
    Sources of(List<String> definitions, Optional<Path> config) {
        Optional<SourceRules> rules = config.map(Configurations::rules);
        if (source.isPresent() && rules.isEmpty()) {
            throw new IllegalArgumentException("--source " + source.get() + " needs --config DIR");
        }
        Optional<String> meant = rules.flatMap(this::meant);
        SourcePolicy policy = rules.flatMap(
                        known -> meant.map(name -> known.policies().getOrDefault(name, DEFAULT)))
                .orElse(DEFAULT);
        Schemas schemas = rules.map(SourceRules::schemas).orElse(Schemas.NEWEST);
        return Sources.offline(
                Offline.readAndPrint(definitions, Scope.of(policy), schemas).definitions(),
                apply.map(Apply.all::equals).map(policy::with).orElse(policy),
                rules.map(SourceRules::controllerNamespaces).orElse(Set.of()));
    }

    /** @throws IllegalArgumentException if an option needs --definitions, which is not given */
    void isNotAsked() {
        if (apply.isPresent() || source.isPresent()) {
            throw new IllegalArgumentException((apply.isPresent() ? "--apply" : "--source")
                    + " needs --definitions; without it, sources.yaml decides");
        }
    }

    private Optional<String> meant(SourceRules rules) {
        List<String> names = List.copyOf(rules.namespaces().keySet());
        if (source.isEmpty() && names.size() > 1) {
            throw new IllegalArgumentException(
                    "sources " + String.join(", ", names) + " are configured; name one with --source");
        }
        if (source.isPresent() && !names.contains(source.get())) {
            throw new IllegalArgumentException(
                    "no source " + source.get() + " in the configuration" + Nearest.hint(source.get(), names));
        }
        return source.or(() -> names.stream().findFirst());
    }
}
