package io.tidewatch.model.definition;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all sources define, in the order in which they are configured.
 *
 * @param unread names of configured sources that have not been read yet: until then, nothing counts as removed
 */
public record Definitions(List<SourceDefinitions> sources, Set<String> unread) {

    public static final Definitions NONE = new Definitions(List.of());

    public Definitions {
        sources = List.copyOf(sources);
        unread = Set.copyOf(unread);
    }

    /** All there are. */
    public Definitions(List<SourceDefinitions> sources) {
        this(sources, Set.of());
    }

    /** Where what is declared and scheduled lives. */
    public Set<String> namespaces() {
        Stream<String> declared = sources.stream()
                .flatMap(source -> source.manifests().stream())
                .map(manifest -> manifest.key().namespace());
        Stream<String> scheduled =
                sources.stream().flatMap(source -> source.schedules().stream()).map(ScaleSchedule::namespace);
        return Stream.concat(declared, scheduled).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether what is not there has been removed, and is not only unread or unreadable. */
    public boolean areWhole() {
        return unread.isEmpty() && sources.stream().noneMatch(SourceDefinitions::hasErrors);
    }
}
