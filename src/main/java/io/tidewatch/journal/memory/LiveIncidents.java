package io.tidewatch.journal.memory;

import io.tidewatch.model.Target;
import io.tidewatch.model.report.Incident;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The open incidents, the resolved incidents that messages are still about, and the ids of the incidents that were resolved last.
 * Not safe for use by several threads.
 */
final class LiveIncidents {

    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    private final RecentIds resolved = new RecentIds();

    /** Opens an incident, unless it is open or was resolved before. */
    void open(Incident incident) {
        if (!resolved.contains(incident.id())) {
            incidents.putIfAbsent(incident.id(), incident);
        }
    }

    /** Resolves an incident, unless it was resolved before. */
    void resolve(Incident incident) {
        if (!resolved.contains(incident.id())) {
            incidents.put(incident.id(), incident);
            resolved.add(incident.id());
        }
    }

    /** Adds incidents of the file, which are older than those that are here. What was resolved in the file is not open any more. */
    void addOlder(List<Incident> older, List<String> resolvedIds) {
        Set<String> resolvedThere = Set.copyOf(resolvedIds);
        List<Incident> newer = all().stream()
                .filter(incident -> incident.ended().isPresent() || !resolvedThere.contains(incident.id()))
                .toList();
        incidents.clear();
        resolvedIds.forEach(resolved::add);
        Stream.concat(older.stream(), newer.stream())
                .forEach(incident -> incidents.merge(incident.id(), incident, LiveIncidents::resolvedOrNewer));
    }

    private static Incident resolvedOrNewer(Incident older, Incident newer) {
        return older.ended().isPresent() ? older : newer;
    }

    /** Removes the resolved incidents that no message is about. */
    void prune(Set<String> inMessages) {
        incidents.values().removeIf(incident -> incident.ended().isPresent() && !inMessages.contains(incident.id()));
    }

    Optional<Incident> find(String id) {
        return Optional.ofNullable(incidents.get(id));
    }

    boolean isOpen(String id) {
        return find(id).filter(incident -> incident.ended().isEmpty()).isPresent();
    }

    Stream<Incident> allOpen() {
        return incidents.values().stream().filter(incident -> incident.ended().isEmpty());
    }

    /** The open incidents; where a target has several, the one that opened first. */
    Map<Target, Incident> openByTarget() {
        Map<Target, Incident> open = new TreeMap<>();
        allOpen()
                .sorted(Comparator.comparing(Incident::opened).reversed().thenComparing(Incident::id))
                .forEach(incident -> open.put(incident.target(), incident));
        return open;
    }

    List<Incident> all() {
        return List.copyOf(incidents.values());
    }
}
