package io.tidewatch.definition;

import io.tidewatch.model.FileDefinitions;
import io.tidewatch.model.Problem;
import io.tidewatch.model.SourceDefinitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The namespaces that a source may speak for. What it defines elsewhere is left out, and said: a repository must not
 * reach further than its operator allows.
 *
 * @param namespaces all when empty
 */
public record Scope(Set<String> namespaces) {

    public static final Scope ALL = new Scope(Set.of());

    public Scope {
        namespaces = Set.copyOf(namespaces);
    }

    public SourceDefinitions limit(SourceDefinitions read) {
        if (namespaces.isEmpty()) {
            return read;
        }
        TreeMap<String, FileDefinitions> files = new TreeMap<>();
        List<Problem> problems = new ArrayList<>(read.problems());
        read.files().forEach((path, file) -> files.put(path, limit(file, problems)));
        return new SourceDefinitions(read.source(), read.commit(), files, problems);
    }

    private FileDefinitions limit(FileDefinitions file, List<Problem> problems) {
        return new FileDefinitions(
                file.path(),
                file.commit(),
                inside(
                        file.schedules(),
                        "ScaleSchedule",
                        s -> s.namespace(),
                        s -> s.name(),
                        s -> s.origin().line(),
                        file,
                        problems),
                inside(
                        file.calendars(),
                        "Calendar",
                        c -> c.namespace(),
                        c -> c.name(),
                        c -> c.origin().line(),
                        file,
                        problems),
                inside(
                        file.manifests(),
                        "object",
                        m -> m.key().namespace(),
                        m -> m.key().kind() + " " + m.key().name(),
                        m -> m.origin().line(),
                        file,
                        problems));
    }

    private <T> List<T> inside(
            List<T> all,
            String what,
            Function<T, String> namespace,
            Function<T, String> name,
            Function<T, Integer> line,
            FileDefinitions file,
            List<Problem> problems) {
        List<T> inside = new ArrayList<>();
        for (T one : all) {
            if (namespaces.contains(namespace.apply(one))) {
                inside.add(one);
            } else {
                problems.add(new Problem(
                        file.path(),
                        line.apply(one),
                        "metadata.namespace",
                        Problem.Severity.WARNING,
                        "outside-namespaces",
                        what + " " + name.apply(one) + " is left out: this source may speak for "
                                + String.join(", ", new TreeSet<>(namespaces)) + ", not for "
                                + namespace.apply(one)));
            }
        }
        return inside;
    }
}
