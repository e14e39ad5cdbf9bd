package io.tidewatch.app.stage;

import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.PastTexts;
import io.tidewatch.definition.Scope;
import io.tidewatch.model.Checkout;
import io.tidewatch.model.Definitions;
import io.tidewatch.model.Problem;
import io.tidewatch.model.SourceDefinitions;
import io.tidewatch.schedule.SharedTargets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Holds what all sources define; a new commit of one replaces that one's part. */
public final class DefinitionsStage {

    private final Function<String, PastTexts> past;
    private final BiConsumer<SourceDefinitions, List<Problem>> said;
    private final Map<String, Scope> scopes;
    private final List<String> order;
    private volatile Definitions current;

    /**
     * @param sources all that are configured, in that order, by name, and what each may speak for
     * @param past by source's name: what its files held at earlier commits
     * @param said told of each commit that was read, and of what is wrong in it
     */
    public DefinitionsStage(
            Map<String, Scope> sources,
            Function<String, PastTexts> past,
            BiConsumer<SourceDefinitions, List<Problem>> said) {
        this.scopes = Map.copyOf(sources);
        this.order = List.copyOf(sources.keySet());
        this.past = past;
        this.said = said;
        this.current = new Definitions(List.of(), sources.keySet());
    }

    public Definitions current() {
        return current;
    }

    public synchronized void read(Checkout checkout) {
        String source = checkout.commit().source();
        Optional<SourceDefinitions> previous = current.sources().stream()
                .filter(known -> known.source().equals(source))
                .findFirst();
        SourceDefinitions read = scopes.getOrDefault(source, Scope.ALL)
                .limit(new DefinitionReader().read(checkout, previous, past.apply(source)));
        current = replaced(current, read);
        List<Problem> problems = new ArrayList<>(read.problems());
        problems.addAll(SharedTargets.problems(current, source));
        said.accept(read, problems);
    }

    /** In the order configured, whichever was read last: it decides whose schedule counts where two name one target. */
    private Definitions replaced(Definitions known, SourceDefinitions read) {
        List<SourceDefinitions> sources = new ArrayList<>(known.sources());
        sources.removeIf(source -> source.source().equals(read.source()));
        sources.add(read);
        sources.sort(Comparator.comparingInt(source -> order.indexOf(source.source())));
        Set<String> unread = new HashSet<>(known.unread());
        unread.remove(read.source());
        return new Definitions(sources, unread);
    }
}
