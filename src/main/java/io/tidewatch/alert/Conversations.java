package io.tidewatch.alert;

import io.tidewatch.model.Alerting;
import io.tidewatch.model.Conversation;
import io.tidewatch.model.Incident;
import io.tidewatch.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which incidents a receiver is told of together. What opens within {@link #HELD} for one cause is one conversation: one
 * message at its beginning, and one when the last of them is over.
 */
final class Conversations {

    /** How long a beginning waits for others of its kind, and how much later it is told for that. */
    static final Duration HELD = Duration.ofSeconds(30);

    private Conversations() {}

    /** Those that the incidents begin or join, with them in it. */
    static List<Conversation> joined(List<Incident> opened, Alerting alerting, List<Conversation> running) {
        List<Conversation> all = new ArrayList<>(running);
        Map<String, Conversation> changed = new LinkedHashMap<>();
        for (Incident incident : inOrder(opened)) {
            for (String receiver : Routing.receivers(incident, alerting)) {
                Conversation with = all.stream()
                        .filter(one -> one.receiver().equals(receiver) && isOpenTo(incident, one))
                        .findFirst()
                        .map(one -> and(one, incident))
                        .orElseGet(() -> new Conversation(incident.id(), receiver, List.of(incident), false));
                all.removeIf(one -> isSame(one, with));
                all.add(with);
                changed.put(with.receiver() + "\n" + with.id(), with);
            }
        }
        return List.copyOf(changed.values());
    }

    /** Those of which an incident ended now and none lasts; with the endings in it. */
    static List<Conversation> over(List<Incident> ended, List<Conversation> running) {
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

    /** What was running, as it is now that some changed. */
    static List<Conversation> now(List<Conversation> running, List<Conversation> changed) {
        List<Conversation> all = new ArrayList<>(running);
        all.removeIf(one -> changed.stream().anyMatch(other -> isSame(one, other)));
        all.addAll(changed);
        return all;
    }

    /** When the beginning is to be told. Of Tidewatch itself at once where no other trouble of its kind can follow. */
    static Instant due(Conversation begun) {
        Incident first = begun.about().get(0);
        return isAlwaysAlone(first.target()) ? first.opened() : first.opened().plus(HELD);
    }

    private static boolean isOpenTo(Incident newcomer, Conversation running) {
        Incident first = running.about().get(0);
        return !running.sent()
                && isOfOneKind(newcomer.target(), first.target())
                && newcomer.state() == first.state()
                && newcomer.cause().equals(first.cause())
                && newcomer.opened().isBefore(due(running));
    }

    /** Targets are told with targets, sources with sources. */
    private static boolean isOfOneKind(Target one, Target other) {
        return one.isTidewatch() == other.isTidewatch()
                && !isAlwaysAlone(one)
                && !isAlwaysAlone(other)
                && (!one.isTidewatch() || kind(one).equals(kind(other)));
    }

    private static boolean isAlwaysAlone(Target target) {
        return target.isTidewatch() && kind(target).equals(target.name());
    }

    /** The key of an own incident without the name of what it is about: {@code source} of {@code source/shop}. */
    private static String kind(Target self) {
        int slash = self.name().indexOf('/');
        return slash < 0 ? self.name() : self.name().substring(0, slash);
    }

    private static Conversation and(Conversation running, Incident newcomer) {
        List<Incident> about = new ArrayList<>(running.about());
        about.add(newcomer);
        return new Conversation(running.id(), running.receiver(), about, running.sent());
    }

    private static boolean isSame(Conversation one, Conversation other) {
        return one.id().equals(other.id()) && one.receiver().equals(other.receiver());
    }

    private static List<Incident> inOrder(List<Incident> incidents) {
        return incidents.stream()
                .sorted(Comparator.comparing(Incident::opened).thenComparing(Incident::target))
                .toList();
    }
}
