package io.tidewatch.alert;

import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which incidents share a message. Incidents that open within {@link #HELD} for one cause are one conversation: one
 * message at its beginning, and one when all of them are resolved.
 */
final class Conversations {

    /** How long the first message waits for further incidents. */
    static final Duration HELD = Duration.ofSeconds(30);

    private Conversations() {}

    /** The conversations that the incidents begin or join. The work grows with the number of incidents, not with its square. */
    static List<Conversation> joined(List<Incident> opened, Alerting alerting, List<Conversation> running) {
        Map<Key, Growing> all = new HashMap<>();
        Map<Kind, Deque<Growing>> open = new HashMap<>();
        for (Conversation one : running) {
            Growing known = new Growing(one);
            all.put(known.key, known);
            if (!one.sent()) {
                Kind.of(one.receiver(), known.first())
                        .ifPresent(kind -> open.computeIfAbsent(kind, any -> new ArrayDeque<>())
                                .add(known));
            }
        }
        Map<Key, Growing> changed = new LinkedHashMap<>();
        for (Incident incident : inOrder(opened)) {
            for (String receiver : Routing.receivers(incident, alerting)) {
                Optional<Kind> kind = Kind.of(receiver, incident);
                Deque<Growing> candidates = kind.map(one -> open.computeIfAbsent(one, any -> new ArrayDeque<>()))
                        .orElseGet(ArrayDeque::new);
                Growing with = firstOpenTo(incident, candidates)
                        .orElseGet(() -> new Growing(new Conversation(incident.id(), receiver, List.of(), false)));
                with.about.add(incident);
                candidates.add(with);
                Growing before = all.put(with.key, with);
                if (before != null && !before.isSame(with)) {
                    before.replaced = true;
                }
                changed.put(with.key, with);
            }
        }
        return changed.values().stream().map(Growing::conversation).toList();
    }

    /**
     * Removes the conversation from the candidates. Incidents come in the order in which they opened, so a conversation that is
     * closed to one incident is closed to all later ones.
     */
    private static Optional<Growing> firstOpenTo(Incident newcomer, Deque<Growing> candidates) {
        Growing first = candidates.poll();
        while (first != null && (first.replaced || !newcomer.opened().isBefore(due(first.first())))) {
            first = candidates.poll();
        }
        return Optional.ofNullable(first);
    }

    /** Identifies a conversation. */
    private record Key(String id, String receiver) {

        static Key of(Conversation one) {
            return new Key(one.id(), one.receiver());
        }
    }

    /**
     * The properties that all incidents of a conversation share.
     *
     * @param of the kind of an incident of Tidewatch itself, as {@code source}; empty for a target
     */
    private record Kind(String receiver, Optional<String> of, State state, Optional<Cause> cause) {

        /** Empty if the incident always has its own message. */
        static Optional<Kind> of(String receiver, Incident incident) {
            Target target = incident.target();
            return isAlwaysAlone(target)
                    ? Optional.empty()
                    : Optional.of(new Kind(
                            receiver,
                            target.isTidewatch() ? Optional.of(kind(target)) : Optional.empty(),
                            incident.state(),
                            incident.cause()));
        }
    }

    /** A conversation that incidents join. Its list is copied once, at the end. */
    private static final class Growing {

        private final Key key;
        private final boolean sent;
        private final List<Incident> about;
        private boolean replaced;

        Growing(Conversation from) {
            this.key = Key.of(from);
            this.sent = from.sent();
            this.about = new ArrayList<>(from.about());
        }

        Incident first() {
            return about.get(0);
        }

        @SuppressWarnings("ReferenceEquality") // whether it is this one, not one with the same words
        boolean isSame(Growing other) {
            return this == other;
        }

        /** In the order of the incidents' opening, whichever was written first. */
        Conversation conversation() {
            return new Conversation(key.id(), key.receiver(), inOrder(about), sent);
        }
    }

    /** The conversations of which an incident was resolved now and no other is open. */
    static List<Conversation> resolved(List<Incident> ended, List<Conversation> running) {
        Map<String, Incident> endings = new LinkedHashMap<>();
        ended.forEach(incident -> endings.put(incident.id(), incident));
        return running.stream()
                .filter(one -> one.about().stream().anyMatch(incident -> endings.containsKey(incident.id())))
                .map(one -> new Conversation(
                        one.id(),
                        one.receiver(),
                        one.about().stream()
                                .map(incident -> endings.getOrDefault(incident.id(), incident))
                                .toList(),
                        one.sent()))
                .filter(one -> one.about().stream()
                        .allMatch(incident -> incident.ended().isPresent()))
                .toList();
    }

    /** The running conversations, with the changed ones in place of their earlier states. */
    static List<Conversation> now(List<Conversation> running, List<Conversation> changed) {
        Set<Key> keys = changed.stream().map(Key::of).collect(Collectors.toSet());
        return Stream.concat(running.stream().filter(one -> !keys.contains(Key.of(one))), changed.stream())
                .toList();
    }

    /** When the first message is due: at once for an incident of Tidewatch itself that no other of its kind can follow. */
    static Instant due(Conversation begun) {
        return due(begun.about().get(0));
    }

    private static Instant due(Incident first) {
        return isAlwaysAlone(first.target()) ? first.opened() : first.opened().plus(HELD);
    }

    private static boolean isAlwaysAlone(Target target) {
        return target.isTidewatch() && kind(target).equals(target.name());
    }

    /** The first part of the key of an incident of Tidewatch itself: {@code source} of {@code source/shop}. */
    private static String kind(Target self) {
        int slash = self.name().indexOf('/');
        return slash < 0 ? self.name() : self.name().substring(0, slash);
    }

    private static List<Incident> inOrder(List<Incident> incidents) {
        return incidents.stream()
                .sorted(Comparator.comparing(Incident::opened).thenComparing(Incident::target))
                .toList();
    }
}
