package io.tidewatch.model;

import java.util.List;

/** What all sources define, in the order in which they are configured. */
public record Definitions(List<SourceDefinitions> sources) {

    public static final Definitions NONE = new Definitions(List.of());

    public Definitions {
        sources = List.copyOf(sources);
    }
}
