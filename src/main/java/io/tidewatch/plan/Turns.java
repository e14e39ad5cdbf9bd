package io.tidewatch.plan;

import io.tidewatch.plan.Lane.Line;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose turn it is to write, and who had the last ones.
 *
 * <p>The most urgent class goes first, and each other that waits gets one of {@link Urgency#SHARE} turns. Inside a class
 * the source that has waited longest goes first, and of its namespaces the one that has waited longest. Turns knows lines
 * only; the caller decides which write of a line is sent.
 *
 * @param turn how many turns were given
 * @param classes for each class that waits, the turn that it had last, or at which it began to wait
 * @param sources by class, the turn that each had last
 * @param namespaces by class and source, the turn that each had last
 */
public record Turns(long turn, Map<Urgency, Long> classes, Map<OfSource, Long> sources, Map<Line, Long> namespaces) {

    public static final Turns NONE = new Turns(0, Map.of(), Map.of(), Map.of());

    public Turns {
        classes = Map.copyOf(classes);
        sources = Map.copyOf(sources);
        namespaces = Map.copyOf(namespaces);
    }

    /** A source, inside one class. */
    public record OfSource(Urgency urgency, String source) {
        static OfSource of(Line line) {
            return new OfSource(line.urgency(), line.source());
        }
    }

    /** Whose turn it is, and what is known after it. */
    public record Next(Line line, Turns after) {}

    /** The same turns without the lines that do not wait any more, so that the memory stays bounded by the waiting lines. */
    public Turns among(Collection<Line> waiting) {
        Set<Urgency> urgencies = new HashSet<>();
        Set<OfSource> ofSources = new HashSet<>();
        for (Line line : waiting) {
            urgencies.add(line.urgency());
            ofSources.add(OfSource.of(line));
        }
        Map<Urgency, Long> keptClasses = new HashMap<>(classes);
        keptClasses.keySet().retainAll(urgencies);
        urgencies.forEach(urgency -> keptClasses.putIfAbsent(urgency, turn));
        Map<OfSource, Long> keptSources = new HashMap<>(sources);
        keptSources.keySet().retainAll(ofSources);
        Map<Line, Long> keptNamespaces = new HashMap<>(namespaces);
        keptNamespaces.keySet().retainAll(Set.copyOf(waiting));
        return new Turns(turn, keptClasses, keptSources, keptNamespaces);
    }

    /**
     * The line whose first write is sent next; nothing while every line that waits has to leave a place to others.
     *
     * @param waiting the lines with a waiting write
     */
    public Optional<Next> next(Set<Line> waiting, Busy busy) {
        if (waiting.isEmpty() || busy.isFull()) {
            return Optional.empty();
        }
        boolean otherNamespaces =
                waiting.stream().map(Line::namespace).distinct().count() > 1;
        boolean otherSources = waiting.stream().map(Line::source).distinct().count() > 1;
        Set<Line> open = new HashSet<>();
        for (Line line : waiting) {
            if (busy.hasPlaceFor(line, otherNamespaces, otherSources)) {
                open.add(line);
            }
        }
        return urgency(open)
                .flatMap(urgency -> open.stream()
                        .filter(line -> line.urgency() == urgency)
                        .min(Comparator.comparingLong((Line line) -> sources.getOrDefault(OfSource.of(line), -1L))
                                .thenComparing(Line::source)
                                .thenComparingLong(line -> namespaces.getOrDefault(line, -1L))
                                .thenComparing(Line::namespace))
                        .map(line -> new Next(line, after(line, waiting))));
    }

    /** The class that has waited longest for its share, if one has; else the most urgent. */
    private Optional<Urgency> urgency(Set<Line> open) {
        Map<Urgency, Long> waited = new EnumMap<>(Urgency.class);
        open.forEach(line -> waited.put(line.urgency(), turn - classes.getOrDefault(line.urgency(), turn)));
        return waited.entrySet().stream()
                .filter(entry -> entry.getValue() >= Urgency.SHARE - 1)
                .max(Map.Entry.<Urgency, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .or(() -> waited.keySet().stream().findFirst());
    }

    private Turns after(Line line, Set<Line> waiting) {
        Turns now = among(waiting);
        Map<Urgency, Long> urgencies = new HashMap<>(now.classes);
        Map<OfSource, Long> ofSources = new HashMap<>(now.sources);
        Map<Line, Long> ofNamespaces = new HashMap<>(now.namespaces);
        urgencies.put(line.urgency(), turn + 1);
        ofSources.put(OfSource.of(line), turn);
        ofNamespaces.put(line, turn);
        return new Turns(turn + 1, urgencies, ofSources, ofNamespaces);
    }
}
