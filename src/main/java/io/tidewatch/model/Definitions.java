package io.tidewatch.model;

import java.util.List;
import java.util.Set;

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

    /** Whether what is not there has been removed, and is not only unread or unreadable. */
    public boolean areWhole() {
        return unread.isEmpty() && sources.stream().noneMatch(SourceDefinitions::hasErrors);
    }
}
