package io.tidewatch.journal;

import io.tidewatch.model.Limits;
import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Update;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The records that are needed without the file: open incidents, messages that no receiver has accepted, and the latest lines and
 * steps. Everything in it is bounded by {@link Limits}. Not safe for use by several threads.
 */
final class LiveRecords {

    private final Set<String> codes;
    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    private final Map<String, OutboxEntry> messages = new LinkedHashMap<>();
    private final Set<String> taken = new LinkedHashSet<>();
    private final Set<String> over = new LinkedHashSet<>();
    private final Map<Target, Deque<DiaryEntry>> lines = new LinkedHashMap<>(16, 0.75f, true);
    private final NavigableMap<StepKey, Step> steps = new TreeMap<>();
    private final Set<String> namespaces = new HashSet<>();
    private Map<Target, Update> followed = Map.of();
    private int waiting;
    private long waitingSize;

    private record StepKey(Instant patched, Target target) implements Comparable<StepKey> {

        private static final Comparator<StepKey> ORDER =
                Comparator.comparing(StepKey::patched).thenComparing(StepKey::target);

        static StepKey of(Step step) {
            return new StepKey(step.patched(), step.target());
        }

        @Override
        public int compareTo(StepKey other) {
            return ORDER.compare(this, other);
        }
    }

    /** @param codes of the lines that are kept by target */
    LiveRecords(Set<String> codes) {
        this.codes = new HashSet<>(codes);
    }

    /** Adds the content of a file. Records that are here already are newer than those of the file. */
    void absorb(JournalContent content) {
        List<Incident> ourIncidents = List.copyOf(incidents.values());
        List<OutboxEntry> ourMessages = List.copyOf(messages.values());
        List<DiaryEntry> ourLines =
                lines.values().stream().flatMap(Deque::stream).toList();
        List<Step> ourSteps = List.copyOf(steps.values());
        incidents.clear();
        messages.clear();
        lines.clear();
        steps.clear();
        waiting = 0;
        waitingSize = 0;
        content.taken().forEach(id -> remember(taken, id));
        content.over().forEach(id -> remember(over, id));
        Stream.concat(content.incidents().stream(), ourIncidents.stream())
                .forEach(incident -> incidents.merge(incident.id(), incident, LiveRecords::later));
        content.messages().forEach(this::put);
        ourMessages.stream()
                .filter(entry -> !taken.contains(entry.message().id()) || !entry.isWaiting())
                .forEach(this::put);
        Stream.concat(content.lines().stream(), ourLines.stream()).forEach(this::line);
        content.steps().forEach(this::step);
        ourSteps.forEach(this::step);
        namespaces.addAll(content.namespaces());
        Map<Target, Update> allFollowed = new HashMap<>(content.followed());
        allFollowed.putAll(followed);
        followed = Map.copyOf(allFollowed);
        prune();
    }

    private static Incident later(Incident read, Incident known) {
        return read.ended().isPresent() ? read : known;
    }

    void reported(Change.Reported reported) {
        reported.diary().forEach(this::line);
        reported.opened().stream()
                .filter(incident -> !over.contains(incident.id()))
                .forEach(incident -> incidents.putIfAbsent(incident.id(), incident));
        for (Incident incident : reported.ended()) {
            if (!over.contains(incident.id())) {
                incidents.put(incident.id(), incident);
                remember(over, incident.id());
            }
        }
        reported.steps().forEach(this::step);
        for (AlertMessage message : reported.messages()) {
            OutboxEntry before = messages.get(message.id());
            if (before == null && !taken.contains(message.id())) {
                put(OutboxEntry.written(message));
            } else if (before != null && before.isWaiting() && before.handed().isEmpty()) {
                put(before.joinedBy(message));
            }
        }
        if (!reported.ended().isEmpty()) {
            prune();
        }
    }

    void handedOut(List<String> ids, Instant at) {
        ids.forEach(id -> messages.computeIfPresent(id, (same, entry) -> entry.handedOut(at)));
    }

    void acknowledged(String id, Instant at) {
        OutboxEntry entry = messages.get(id);
        if (entry != null && entry.isWaiting()) {
            put(entry.taken(at));
            prune();
        }
        remember(taken, id);
    }

    void failed(String id, Instant nextAttempt, String error) {
        OutboxEntry entry = messages.get(id);
        if (entry != null && entry.isWaiting()) {
            put(entry.failed(nextAttempt, error));
        }
    }

    void dropped(String id) {
        count(messages.remove(id), -1);
        remember(taken, id);
        prune();
    }

    void follow(Map<Target, Update> updates) {
        followed = Map.copyOf(updates);
    }

    /** The messages to drop, so that the others are within the limits. */
    List<AlertMessage> tooMany() {
        Map<String, Deque<OutboxEntry>> byReceiver = new HashMap<>();
        if (waiting > Limits.MESSAGES_WAITING || waitingSize > Limits.MESSAGES_WAITING_SIZE) {
            messages.values().stream()
                    .filter(OutboxEntry::isWaiting)
                    .forEach(entry -> byReceiver
                            .computeIfAbsent(entry.message().receiver(), name -> new ArrayDeque<>())
                            .add(entry));
        }
        List<AlertMessage> out = new ArrayList<>();
        int count = waiting;
        long size = waitingSize;
        while (!byReceiver.isEmpty() && (count > Limits.MESSAGES_WAITING || size > Limits.MESSAGES_WAITING_SIZE)) {
            Deque<OutboxEntry> most = Collections.max(byReceiver.values(), Comparator.comparingInt(Collection::size));
            OutboxEntry oldest = most.removeFirst();
            out.add(oldest.message());
            count--;
            size -= size(oldest.message());
            byReceiver.values().removeIf(Collection::isEmpty);
        }
        return List.copyOf(out);
    }

    /** See {@link Records#due}; {@code mayGo} decides whether a message may be sent yet. */
    List<DueMessage> due(Instant now, Predicate<AlertMessage> mayGo) {
        Map<String, OutboxEntry> first = new LinkedHashMap<>();
        for (OutboxEntry entry : firstOfTheirConversations()) {
            AlertMessage message = entry.message();
            if (!message.due().isAfter(now) && mayGo.test(message)) {
                first.merge(message.receiver(), entry, LiveRecords::earlier);
            }
        }
        return first.values().stream()
                .sorted(Comparator.comparing(
                        (OutboxEntry entry) -> entry.message().due()))
                .map(entry -> new DueMessage(entry.message(), entry.attempts()))
                .toList();
    }

    private static OutboxEntry earlier(OutboxEntry first, OutboxEntry second) {
        return second.message().due().isBefore(first.message().due()) ? second : first;
    }

    List<AlertMessage> waitingForOthersThan(Set<String> receivers) {
        return messages.values().stream()
                .filter(OutboxEntry::isWaiting)
                .map(OutboxEntry::message)
                .filter(message -> !receivers.contains(message.receiver()))
                .toList();
    }

    Optional<Instant> nextDue(Set<String> busy) {
        return firstOfTheirConversations().stream()
                .map(OutboxEntry::message)
                .filter(message -> !busy.contains(message.receiver()))
                .map(AlertMessage::due)
                .min(Instant::compareTo);
    }

    private List<OutboxEntry> firstOfTheirConversations() {
        Set<List<String>> seen = new HashSet<>();
        return messages.values().stream()
                .filter(OutboxEntry::isWaiting)
                .filter(entry -> seen.add(
                        List.of(entry.message().conversation(), entry.message().receiver())))
                .toList();
    }

    /** The conversations with an open incident. */
    List<Conversation> conversations() {
        return messages.values().stream()
                .filter(entry -> entry.message().moment() == Moment.OPENED && isAboutOpenIncident(entry))
                .map(entry -> new Conversation(
                        entry.message().conversation(),
                        entry.message().receiver(),
                        entry.message().about().stream()
                                .flatMap(id -> Optional.ofNullable(incidents.get(id)).stream())
                                .toList(),
                        entry.handed().isPresent()))
                .toList();
    }

    private boolean isAboutOpenIncident(OutboxEntry entry) {
        return entry.message().about().stream()
                .anyMatch(id -> Optional.ofNullable(incidents.get(id))
                        .filter(incident -> incident.ended().isEmpty())
                        .isPresent());
    }

    boolean knowsMessage(String id) {
        return messages.containsKey(id) || taken.contains(id);
    }

    Stream<Incident> open() {
        return incidents.values().stream().filter(incident -> incident.ended().isEmpty());
    }

    /** Where a target has several, the one that opened first. */
    Map<Target, Incident> openIncidents() {
        Map<Target, Incident> open = new TreeMap<>();
        open().sorted(Comparator.comparing(Incident::opened).reversed().thenComparing(Incident::id))
                .forEach(incident -> open.put(incident.target(), incident));
        return open;
    }

    List<DiaryEntry> latest(Set<String> desired, Set<Target> targets, Instant from) {
        return targets.stream()
                .flatMap(target -> lines.getOrDefault(target, new ArrayDeque<>()).stream())
                .filter(entry -> desired.contains(entry.code()) && !entry.at().isBefore(from))
                .sorted(Comparator.comparing(DiaryEntry::at))
                .toList();
    }

    List<Step> latestSteps(int most) {
        return steps.descendingMap().values().stream().limit(most).toList();
    }

    Set<String> namespaces() {
        return Set.copyOf(namespaces);
    }

    /** All records except lines and ids, to complete a file that lacks some of them. */
    JournalContent known() {
        return new JournalContent(
                List.copyOf(incidents.values()),
                List.copyOf(messages.values()),
                List.of(),
                List.of(),
                List.of(),
                List.copyOf(steps.values()),
                followed,
                namespaces);
    }

    static long size(AlertMessage message) {
        return 200L + message.headline().length() + message.body().length();
    }

    private void put(OutboxEntry entry) {
        count(messages.put(entry.message().id(), entry), -1);
        count(entry, 1);
    }

    private void count(@org.jspecify.annotations.Nullable OutboxEntry entry, int by) {
        if (entry != null && entry.isWaiting()) {
            waiting += by;
            waitingSize += by * size(entry.message());
        }
    }

    private void line(DiaryEntry entry) {
        if (codes.contains(entry.code()) && entry.target().isPresent()) {
            Deque<DiaryEntry> ofTarget = lines.computeIfAbsent(entry.target().get(), target -> new ArrayDeque<>());
            ofTarget.add(entry);
            if (ofTarget.size() > Limits.LINES_OF_TARGET) {
                ofTarget.remove();
            }
            if (lines.size() > Limits.TARGETS_REMEMBERED) {
                lines.remove(lines.keySet().iterator().next());
            }
        }
    }

    private void step(Step learned) {
        steps.merge(StepKey.of(learned), learned, LiveRecords::merged);
        if (steps.size() > Limits.STEPS_REMEMBERED) {
            steps.pollFirstEntry();
        }
    }

    /** As {@link StepTable} does: the first value of each field stays, and so does a verdict that is a problem. */
    private static Step merged(Step before, Step now) {
        return new Step(
                before.target(),
                before.window(),
                before.scheduled(),
                before.patched(),
                before.to(),
                before.hpa().or(now::hpa),
                before.ready().or(now::ready),
                now.verdict().isProblem() || !before.verdict().isProblem() ? now.verdict() : before.verdict(),
                before.commit(),
                before.author());
    }

    /** Removes messages that were accepted, and incidents that are resolved and reported. */
    private void prune() {
        messages.values().removeIf(entry -> !entry.isWaiting() && !isAboutOpenIncident(entry));
        Set<String> reportedIn = new HashSet<>();
        messages.values().forEach(entry -> reportedIn.addAll(entry.message().about()));
        incidents.values().removeIf(incident -> incident.ended().isPresent() && !reportedIn.contains(incident.id()));
    }

    private static void remember(Set<String> ids, String id) {
        ids.remove(id);
        ids.add(id);
        if (ids.size() > Limits.IDS_REMEMBERED) {
            ids.remove(ids.iterator().next());
        }
    }
}
