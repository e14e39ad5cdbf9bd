package io.tidewatch.config;

import io.tidewatch.config.ConfigurationProblems.Place;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.definition.SourcePolicy;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads three files and the environment into a configuration, or into all problems at once. */
public final class ConfigurationReader {

    private static final Duration KEPT_AT_LEAST = Duration.ofDays(2);
    private static final Duration KEPT_AT_MOST = Duration.ofDays(36_500);

    private ConfigurationReader() {}

    /** The names of the files, in the order in which their problems are reported. */
    public static final List<String> FILES = List.of(SettingsReader.FILE, SourcesReader.FILE, AlertsReader.FILE);

    /**
     * @param files file name → text, of those of {@link #FILES} that exist
     * @param environment the variables of the process
     * @param fileReader the text of a file that a value refers to; empty where it cannot be read
     */
    public static ConfigurationResult read(
            Map<String, String> files, Map<String, String> environment, Function<String, Optional<String>> fileReader) {
        return read(files, environment, fileReader, true);
    }

    /** The same without alerts.yaml, for commands that send no alert and may not be allowed to read the receivers' secrets. */
    public static ConfigurationResult withoutAlerts(
            Map<String, String> files, Map<String, String> environment, Function<String, Optional<String>> fileReader) {
        return read(files, environment, fileReader, false);
    }

    private static ConfigurationResult read(
            Map<String, String> files,
            Map<String, String> environment,
            Function<String, Optional<String>> fileReader,
            boolean alerts) {
        ConfigurationProblems problems = new ConfigurationProblems();
        Placeholders placeholders = new Placeholders(environment, fileReader, problems);
        if (FILES.stream().noneMatch(files::containsKey)) {
            problems.error(
                    new Place(SourcesReader.FILE, 1, ""),
                    "no-configuration",
                    "the folder has none of " + String.join(", ", FILES) + "; name the right folder with --config");
        }
        SettingsReader settings =
                new SettingsReader(files.getOrDefault(SettingsReader.FILE, ""), problems, placeholders);
        List<SourceConfig> sources = sources(files, problems, placeholders);
        Alerting alerting = alerts ? alerting(files, problems, placeholders) : Alerting.NOBODY;
        Configuration configuration = configuration(settings, sources, alerting);
        return problems.anyError()
                ? new ConfigurationResult.Invalid(problems.all())
                : new ConfigurationResult.Accepted(configuration, problems.all());
    }

    /**
     * Reads the address and the token of a running reconciler, for the commands that query it. Problems of other settings
     * are not reported, and no other secret is read.
     *
     * @param report given each error in these two settings
     */
    public static Configuration.Http http(
            Map<String, String> files,
            Map<String, String> environment,
            Function<String, Optional<String>> fileReader,
            Consumer<Problem> report) {
        ConfigurationProblems problems = new ConfigurationProblems();
        Configuration.Http http = new SettingsReader(
                        files.getOrDefault(SettingsReader.FILE, ""),
                        problems,
                        new Placeholders(environment, fileReader, problems))
                .http();
        problems.all().stream().filter(Problem::isError).forEach(report);
        return http;
    }

    /**
     * Reads what each source may define, for the commands that check definitions offline. Only names are read, so no secret
     * is needed. {@code run} reports the other problems.
     *
     * @param report given each file that is not YAML, and each wrong item of {@code kinds}
     */
    public static SourceRules sourceRules(Map<String, String> files, Consumer<Problem> report) {
        ConfigurationProblems problems = new ConfigurationProblems();
        Placeholders none = new Placeholders(Map.of(), path -> Optional.empty(), problems);
        SortedMap<String, Set<String>> namespaces = new TreeMap<>();
        Map<String, SourcePolicy> policies = new HashMap<>();
        Set<String> ofKinds = new HashSet<>();
        YamlFile.top(SourcesReader.FILE, files.getOrDefault(SourcesReader.FILE, ""), Set.of("sources"), problems, none)
                .map(top -> top.sections("sources", SourcesReader.FIELDS))
                .orElse(List.of())
                .forEach(section -> section.text("name").ifPresent(name -> {
                    namespaces.put(name, Set.copyOf(section.texts("namespaces")));
                    policies.put(name, SourcesReader.policy(name, section, problems));
                    ofKinds.add(section.at(SourcesReader.KINDS).path());
                }));
        Set<String> receivers = new TreeSet<>();
        YamlFile.top(AlertsReader.FILE, files.getOrDefault(AlertsReader.FILE, ""), AlertsReader.FIELDS, problems, none)
                .map(top -> top.sections("receivers", ReceiverReader.FIELDS))
                .orElse(List.of())
                .forEach(section -> section.text("name").ifPresent(receivers::add));
        problems.all().stream()
                .filter(problem -> problem.code().equals(YamlFile.SYNTAX)
                        || ofKinds.stream().anyMatch(problem.path()::startsWith))
                .forEach(report);
        SettingsReader settings = new SettingsReader(files.getOrDefault(SettingsReader.FILE, ""), problems, none);
        return new SourceRules(namespaces, policies, receivers, settings.schemas(), controllerNamespaces(settings));
    }

    /**
     * What the configuration says of sources and receivers, against which definitions are checked.
     *
     * @param namespaces those that a source may define objects in, by source; all where there are none
     * @param policies by source
     * @param receivers the names in alerts.yaml
     * @param schemas the fields of Argo Rollouts and KEDA; the environment of {@code run} is not known here
     * @param controllerNamespaces where KEDA and Argo Rollouts run
     */
    public record SourceRules(
            SortedMap<String, Set<String>> namespaces,
            Map<String, SourcePolicy> policies,
            Set<String> receivers,
            Schemas schemas,
            Set<String> controllerNamespaces) {

        public SourceRules {
            namespaces = Collections.unmodifiableSortedMap(new TreeMap<>(namespaces));
            policies = Map.copyOf(policies);
            receivers = Set.copyOf(receivers);
            controllerNamespaces = Set.copyOf(controllerNamespaces);
        }
    }

    private static List<SourceConfig> sources(
            Map<String, String> files, ConfigurationProblems problems, Placeholders placeholders) {
        String text = files.getOrDefault(SourcesReader.FILE, "");
        boolean otherwiseValid = !problems.anyError();
        List<SourceConfig> sources = YamlFile.top(SourcesReader.FILE, text, Set.of("sources"), problems, placeholders)
                .map(new SourcesReader(problems)::read)
                .orElse(List.of());
        if (sources.isEmpty() && otherwiseValid && !problems.anyError()) {
            problems.warning(
                    new Place(SourcesReader.FILE, 1, "sources"),
                    "no-sources",
                    "no source is configured, so nothing is scheduled; name a Git repository under sources:");
        }
        return sources;
    }

    private static Alerting alerting(
            Map<String, String> files, ConfigurationProblems problems, Placeholders placeholders) {
        Alerting alerting = YamlFile.top(
                        AlertsReader.FILE,
                        files.getOrDefault(AlertsReader.FILE, ""),
                        AlertsReader.FIELDS,
                        problems,
                        placeholders)
                .map(new AlertsReader(problems)::read)
                .orElse(Alerting.NOBODY);
        if (alerting.receivers().isEmpty() && !problems.anyError()) {
            problems.warning(
                    new Place(AlertsReader.FILE, 1, "receivers"),
                    "no-receivers",
                    "no receiver is configured, so no alert is sent when a target is late");
        }
        return alerting;
    }

    private static Configuration configuration(SettingsReader settings, List<SourceConfig> sources, Alerting alerting) {
        Configuration.Http http = settings.http();
        return new Configuration(
                settings.setting(
                        SettingsReader.INSTANCE,
                        ConfigurationReader::name,
                        "of a-z, 0-9 and -, 63 at most",
                        "tidewatch"),
                settings.setting(
                        SettingsReader.STATE_DIRECTORY, ConfigurationReader::path, "a folder", Path.of("state")),
                settings.setting(
                        SettingsReader.KEEP,
                        ConfigurationReader::keep,
                        "a duration of 2 days at least, like 90d",
                        Duration.ofDays(90)),
                settings.setting(
                        SettingsReader.MAX_SIZE,
                        text -> Values.size(text, 16L << 20, 64L << 30),
                        "a size from 16MiB to 64GiB, like 256MiB",
                        Configuration.JOURNAL_SIZE),
                settings.sharedState(),
                settings.setting(
                        SettingsReader.RESYNC,
                        Values::duration,
                        "a duration like 30s, 5m or PT5M",
                        Duration.ofMinutes(5)),
                settings.setting(
                        SettingsReader.MAX_WRITES_PER_SECOND,
                        text -> Values.number(text, 1, 10_000),
                        "a number from 1 to 10000",
                        20),
                settings.setting(
                        SettingsReader.MAX_IN_FLIGHT,
                        text -> Values.number(text, 1, 1_000),
                        "a number from 1 to 1000",
                        8),
                settings.leaderElection(),
                controllerNamespaces(settings),
                settings.schemas(),
                http,
                settings.management(),
                settings.logFormat(),
                sources,
                alerting.linkingTo(http.publicUrl()),
                settings.camel());
    }

    private static Set<String> controllerNamespaces(SettingsReader settings) {
        return settings.setting(
                SettingsReader.CONTROLLER_NAMESPACES,
                ConfigurationReader::namespaces,
                "names of namespaces with commas between",
                Set.of("argo-rollouts", "keda"));
    }

    private static Optional<String> name(String text) {
        return text.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?") ? Optional.of(text) : Optional.empty();
    }

    /** A digest covers a day, which may have 25 hours. */
    private static Optional<Duration> keep(String text) {
        return Values.duration(text)
                .filter(kept -> kept.compareTo(KEPT_AT_LEAST) >= 0 && kept.compareTo(KEPT_AT_MOST) <= 0);
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<Set<String>> namespaces(String text) {
        Set<String> names =
                Arrays.stream(text.split(",", -1)).map(String::strip).collect(Collectors.toSet());
        return names.stream().allMatch(name -> name(name).isPresent()) ? Optional.of(names) : Optional.empty();
    }
}
