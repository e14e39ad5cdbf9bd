package io.tidewatch.loop;

import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.definition.check.Scope;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.schedule.SharedTargets;
import io.tidewatch.schedule.Timetable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds the definitions and the timetable of each source. A new commit of one source replaces that source's part. Reading
 * and compiling hold no lock and change nothing, so no source delays or affects another.
 */
public final class DefinitionsStage implements DefinitionsInForce {

    private final Histories histories;
    private final CommitListener listener;
    private final Map<String, Scope> scopes;
    private final Schemas schemas;
    private final List<String> order;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<String, DefinitionReader> readers = new ConcurrentHashMap<>();
    private volatile InForce inForce;

    /** Opens the history of a source: the texts of its files at earlier commits. */
    @FunctionalInterface
    public interface Histories {

        /** @return to be closed by the caller */
        PastTexts of(String source);
    }

    /**
     * @param sources the configured sources by name, in the configured order, each with the namespaces that it may define objects in
     * @param schemas which fields the API server takes in manifests
     * @param listener notified of each commit that is read
     */
    public DefinitionsStage(Map<String, Scope> sources, Schemas schemas, Histories histories, CommitListener listener) {
        this.schemas = schemas;
        this.histories = histories;
        this.listener = listener;
        this.scopes = Map.copyOf(sources);
        this.order = List.copyOf(sources.keySet());
        this.inForce = InForce.nothing(sources.keySet());
    }

    @Override
    public CompiledDefinitions compiled() {
        return inForce.compiled();
    }

    public Definitions current() {
        return compiled().definitions();
    }

    /** The commit of a source whose definitions are in force; empty where none was read yet. */
    public Optional<String> commitInForce(String source) {
        return current().sources().stream()
                .filter(known -> known.source().equals(source))
                .map(known -> known.commit().id())
                .findFirst();
    }

    /** Reads and compiles the definitions of a commit. Where this throws, the definitions in force stay in force. */
    public CompiledSource read(Checkout checkout) {
        String source = checkout.commit().source();
        Optional<SourceDefinitions> previous = current().sources().stream()
                .filter(known -> known.source().equals(source))
                .findFirst();
        long number = numbers.incrementAndGet();
        listener.beforeReading(checkout);
        DefinitionReader reader = readers.computeIfAbsent(
                source, name -> new DefinitionReader(scopes.getOrDefault(name, Scope.ALL), schemas));
        try (PastTexts history = histories.of(source)) {
            SourceDefinitions read = reader.read(checkout, previous, history);
            return new CompiledSource(read, Timetable.of(read), number);
        }
    }

    /** Puts what was read in force and reports its problems. A reading that was overtaken by a later reading is dropped. */
    public void keep(CompiledSource read) {
        while (true) {
            InForce before = inForce;
            if (before.isNewer(read)) {
                return;
            }
            InForce after = before.with(read, order);
            List<Problem> problems = new ArrayList<>(read.definitions().problems());
            problems.addAll(SharedTargets.problems(
                    after.compiled().definitions(), read.definitions().source()));
            if (replace(before, after)) {
                listener.inForce(read.definitions(), problems);
                return;
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // whether another thread was faster, not whether the values are equal
    private synchronized boolean replace(InForce before, InForce after) {
        if (inForce != before) {
            return false;
        }
        inForce = after;
        return true;
    }

    /**
     * The definitions of one source at a commit, and their timetable.
     *
     * @param number the number of this reading, in the order in which readings began
     */
    public record CompiledSource(SourceDefinitions definitions, Timetable timetable, long number) {}

    /**
     * The definitions in force.
     *
     * @param sources the sources of {@code compiled}, by name
     */
    private record InForce(CompiledDefinitions compiled, Map<String, CompiledSource> sources) {

        boolean isNewer(CompiledSource read) {
            CompiledSource known = sources.get(read.definitions().source());
            return known != null && known.number() > read.number();
        }

        static InForce nothing(Set<String> sources) {
            return new InForce(
                    new CompiledDefinitions(new Definitions(List.of(), sources), CompiledDefinitions.NONE.timetable()),
                    Map.of());
        }

        /** Sorts the sources as they are configured: that order decides whose schedule counts where two name one target. */
        InForce with(CompiledSource read, List<String> order) {
            String name = read.definitions().source();
            Definitions known = compiled.definitions();
            List<SourceDefinitions> sources = new ArrayList<>(known.sources());
            sources.removeIf(source -> source.source().equals(name));
            sources.add(read.definitions());
            sources.sort(Comparator.comparingInt(source -> order.indexOf(source.source())));
            Set<String> unread = new HashSet<>(known.unread());
            unread.remove(name);
            Map<String, CompiledSource> each = new HashMap<>(this.sources);
            each.put(name, read);
            Timetable joined = Timetable.joined(sources.stream()
                    .map(source -> Objects.requireNonNull(each.get(source.source()), "each is compiled"))
                    .map(CompiledSource::timetable)
                    .toList());
            return new InForce(new CompiledDefinitions(new Definitions(sources, unread), joined), Map.copyOf(each));
        }
    }
}
