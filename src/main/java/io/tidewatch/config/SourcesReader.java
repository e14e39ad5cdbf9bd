package io.tidewatch.config;

import io.tidewatch.config.SourceConfig.Reach;
import io.tidewatch.model.definition.FurtherKind;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.yaml.Nearest;
import io.tidewatch.yaml.Quoted;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads {@code sources.yaml}: the repositories with definitions, and what each source may do. */
final class SourcesReader {

    static final String FILE = "sources.yaml";

    static final Set<String> FIELDS = Set.of(
            "name",
            "url",
            "ref",
            "path",
            "auth",
            "caFile",
            "proxy",
            "proxyAuth",
            "interval",
            "deadline",
            "apply",
            "kinds",
            "namespaces",
            "prune",
            "pruneLimit",
            "drift",
            ReportsReader.FIELD);
    static final String KINDS = "kinds";
    private static final String NAME = "[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?";
    private static final String NAMESPACE = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    private final ConfigurationProblems problems;

    SourcesReader(ConfigurationProblems problems) {
        this.problems = problems;
    }

    List<SourceConfig> read(Section top) {
        List<Section> sections = top.sections("sources", FIELDS);
        Section.distinct(sections, problems);
        List<SourceConfig> sources = new ArrayList<>();
        boolean several = sections.stream()
                        .flatMap(section -> section.text("name").stream())
                        .distinct()
                        .count()
                > 1;
        sections.forEach(section -> source(section).ifPresent(source -> {
            bounded(section, source, several);
            sources.add(source);
        }));
        new ReportsReader(problems).distinct(sections, sources);
        return sources;
    }

    /** A committer of a source without bounds can run any pod, as any service account, in any namespace. */
    private void bounded(Section section, SourceConfig source, boolean isOneOfSeveral) {
        if (!source.policy().apply() || !source.namespaces().isEmpty()) {
            return;
        }
        String what = "source " + source.name() + " may apply manifests in all namespaces; write namespaces: "
                + "[NAMESPACE, …] with those that it may write to, or apply: none";
        if (isOneOfSeveral) {
            problems.error(section.at("namespaces"), "unbounded-source", what);
        } else if (!problems.anyError()) {
            problems.warning(section.at("namespaces"), "unbounded-source", what);
        }
    }

    private Optional<SourceConfig> source(Section section) {
        reportUnsupported(section);
        Optional<String> name = name(section);
        Optional<String> url = url(section);
        Optional<String> ref = section.required("ref", "write the branch, tag or commit to follow");
        String path = section.parsed("path", SourcesReader::path, "a folder inside the repository")
                .orElse("");
        Reach reach = new ReachReader(problems).read(section, url);
        Duration interval = section.parsed("interval", Values::duration, "a duration like 30s, 5m or PT1M")
                .orElse(Duration.ofMinutes(1));
        Duration deadline = section.parsed("deadline", Values::duration, "a duration like 30s, 5m or PT1M")
                .orElse(Duration.ofMinutes(2));
        boolean apply = choice(section, "apply", "all", "none");
        boolean restore = choice(section, "drift", "Restore", "Report");
        Set<String> namespaces = namespaces(section);
        Set<FurtherKind> kinds = kinds(section, problems);
        if (!kinds.isEmpty() && !apply) {
            problems.error(section.at(KINDS), "contradiction", "apply: none applies no kind; leave kinds out");
        }
        Optional<NightReports> reports = new ReportsReader(problems).read(section);
        if (name.isEmpty() || url.isEmpty() || ref.isEmpty()) {
            return Optional.empty();
        }
        SourcePolicy policy = new SourcePolicy(name.get(), apply, restore, namespaces, kinds);
        return Optional.of(new SourceConfig(
                name.get(), url.get(), ref.get(), path, reach, interval, deadline, policy, namespaces, reports));
    }

    private void reportUnsupported(Section section) {
        if (section.flag("prune", false)) {
            problems.notSupported(section.at("prune"), "prune: true (deleting what was removed from Git)");
        }
        if (section.has("pruneLimit")) {
            problems.notSupported(section.at("pruneLimit"), "pruneLimit");
        }
    }

    private Optional<String> name(Section section) {
        Optional<String> name = section.required("name", "give the source a name");
        if (name.isPresent() && !name.get().matches(NAME)) {
            problems.error(
                    section.at("name"), "wrong-value", "name must be of a-z, 0-9, - and ., 63 characters at most");
            return Optional.empty();
        }
        return name;
    }

    private Optional<String> url(Section section) {
        Optional<String> url = section.required("url", "write where the repository is, as https://host/path.git");
        return url.filter(text -> {
            String fault = faultOf(text);
            if (fault.isEmpty() && !isSsh(text)) {
                return true;
            }
            if (fault.isEmpty()) {
                problems.notSupported(section.at("url"), "fetching over ssh");
            } else {
                problems.error(section.at("url"), "wrong-value", fault);
            }
            return false;
        });
    }

    private static boolean isSsh(String url) {
        return url.startsWith("ssh:") || url.startsWith("git+ssh:") || url.matches("[^/:]{1,300}@[^/:]{1,300}:.*");
    }

    /** What is wrong with a URL, empty if nothing is. The text does not repeat the URL, which may have a password. */
    private static String faultOf(String url) {
        if (isSsh(url)) {
            return "";
        }
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!Set.of("file", "http", "https").contains(scheme)) {
                return "url must begin with file://, http:// or https://";
            }
            if (!scheme.equals("file") && uri.getHost() == null) {
                return "url has no host; write https://host/path.git";
            }
            return uri.getUserInfo() == null ? "" : "url must not contain a login; write auth: {username, password}";
        } catch (URISyntaxException e) {
            return "url is not a URL: " + e.getReason() + " at character " + (e.getIndex() + 1);
        }
    }

    private static Optional<String> path(String written) {
        String path = written.replaceAll("^(?:\\./){1,99}|/{1,99}$|^\\.$", "");
        boolean leaves = path.startsWith("/") || List.of(path.split("/", -1)).contains("..");
        return leaves ? Optional.empty() : Optional.of(path);
    }

    /** Whether the field has the first of the two words, which is the default. */
    private static boolean choice(Section section, String field, String first, String second) {
        return section.parsed(
                        field,
                        text -> text.equals(first) || text.equals(second)
                                ? Optional.of(text.equals(first))
                                : Optional.<Boolean>empty(),
                        first + " or " + second)
                .orElse(true);
    }

    private Set<String> namespaces(Section section) {
        List<String> names = section.texts("namespaces");
        for (String name : names) {
            if (!name.matches(NAMESPACE)) {
                problems.error(section.at("namespaces"), "wrong-value", name + " is not a valid name of a namespace");
            }
        }
        return Set.copyOf(names);
    }

    /** Every item that is no kind is an error. */
    private static Set<FurtherKind> kinds(Section section, ConfigurationProblems problems) {
        Set<FurtherKind> kinds = EnumSet.noneOf(FurtherKind.class);
        List<String> known =
                Arrays.stream(FurtherKind.values()).map(FurtherKind::toString).toList();
        for (Section.PlacedText item : section.placedTexts(KINDS)) {
            Optional<FurtherKind> kind = FurtherKind.parse(item.text());
            kind.ifPresent(kinds::add);
            if (kind.isEmpty()) {
                problems.error(
                        item.at(),
                        "wrong-value",
                        Quoted.cut(item.text())
                                + " is no kind that Tidewatch applies beside Rollouts and ScaledObjects; known are "
                                + String.join(", ", known) + Nearest.hint(item.text(), known));
            }
        }
        return kinds;
    }

    /**
     * Reads the policy for the commands that check definitions. Of its fields {@code kinds} alone is checked: a wrong one would leave
     * objects unchecked. Another field that is absent or wrong counts as the default.
     */
    static SourcePolicy policy(String name, Section section, ConfigurationProblems problems) {
        boolean apply = !section.text("apply").equals(Optional.of("none"));
        boolean restore = !section.text("drift").equals(Optional.of("Report"));
        return new SourcePolicy(
                name, apply, restore, Set.copyOf(section.texts("namespaces")), kinds(section, problems));
    }
}
