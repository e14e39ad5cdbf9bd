package io.tidewatch.loop;

import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.definition.check.Scope;
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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Holds what all sources define, and the timetable of each; a new commit of one source replaces that source's part. Reading
 * and compiling hold no lock and change nothing, so one source can neither hold up nor spoil another.
 */
public final class DefinitionsStage {

    private final Function<String, PastTexts> past;
    private final Consumer<Checkout> begins;
    private final BiConsumer<SourceDefinitions, List<Problem>> said;
    private final Map<String, Scope> scopes;
    private final List<String> order;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<String, DefinitionReader> readers = new ConcurrentHashMap<>();
    private volatile InForce inForce;

    /**
     * @param sources all that are configured, in that order, by name, and what each may speak for
     * @param past by source's name: what its files held at earlier commits
     * @param begins told of each commit before it is read, on the same thread
     * @param said told of each commit that was read, and of what is wrong in it
     */
    public DefinitionsStage(
            Map<String, Scope> sources,
            Function<String, PastTexts> past,
            Consumer<Checkout> begins,
            BiConsumer<SourceDefinitions, List<Problem>> said) {
        this.begins = begins;
        this.scopes = Map.copyOf(sources);
        this.order = List.copyOf(sources.keySet());
        this.past = past;
        this.said = said;
        this.inForce = InForce.nothing(sources.keySet());
    }

    /** What is in force, with its timetable. */
    public CompiledDefinitions compiled() {
        return inForce.compiled();
    }

    public Definitions current() {
        return compiled().definitions();
    }

    /** What a commit defines and what that comes to. Whatever this throws, what was in force stays so. */
    public CompiledSource read(Checkout checkout) {
        String source = checkout.commit().source();
        Optional<SourceDefinitions> previous = current().sources().stream()
                .filter(known -> known.source().equals(source))
                .findFirst();
        long number = numbers.incrementAndGet();
        begins.accept(checkout);
        DefinitionReader reader =
                readers.computeIfAbsent(source, name -> new DefinitionReader(scopes.getOrDefault(name, Scope.ALL)));
        try (PastTexts history = past.apply(source)) {
            SourceDefinitions read = reader.read(checkout, previous, history);
            return new CompiledSource(read, Timetable.of(read), number);
        }
    }

    /** Puts what was read in force, and says what is wrong with it; one that was overtaken by a later reading is dropped. */
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
                said.accept(read.definitions(), problems);
                return;
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // whether somebody else was faster, not whether it says the same
    private synchronized boolean replace(InForce before, InForce after) {
        if (inForce != before) {
            return false;
        }
        inForce = after;
        return true;
    }

    /**
     * What one source defines at a commit, and the timetable that this comes to.
     *
     * @param number which reading this is, in the order in which they began
     */
    public record CompiledSource(SourceDefinitions definitions, Timetable timetable, long number) {}

    /** @param sources by name, those in {@code compiled} */
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

        /** In the order configured, whichever was read last: it decides whose schedule counts where two name one target. */
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
