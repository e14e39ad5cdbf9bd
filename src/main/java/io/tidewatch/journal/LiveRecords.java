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
 * What the journal holds of things that are not over, in memory: incidents that last, messages that nobody took, and the few
 * lines and steps that messages and {@code history} need. It answers without the file. Everything in it is bounded by
 * {@link Limits}. Not safe for use by several threads.
 */
final class LiveRecords {

    private final Set<String> codes;
    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    private final Map<String, Held> messages = new LinkedHashMap<>();
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

    /** Takes in what a file holds; what is known already is newer than that. */
    void absorb(Kept kept) {
        List<Incident> ourIncidents = List.copyOf(incidents.values());
        List<Held> ourMessages = List.copyOf(messages.values());
        List<DiaryEntry> ourLines =
                lines.values().stream().flatMap(Deque::stream).toList();
        List<Step> ourSteps = List.copyOf(steps.values());
        incidents.clear();
        messages.clear();
        lines.clear();
        steps.clear();
        waiting = 0;
        waitingSize = 0;
        kept.taken().forEach(id -> remember(taken, id));
        kept.over().forEach(id -> remember(over, id));
        Stream.concat(kept.incidents().stream(), ourIncidents.stream())
                .forEach(incident -> incidents.merge(incident.id(), incident, LiveRecords::later));
        kept.messages().forEach(this::put);
        ourMessages.stream()
                .filter(held -> !taken.contains(held.message().id()) || !held.isWaiting())
                .forEach(this::put);
        Stream.concat(kept.lines().stream(), ourLines.stream()).forEach(this::line);
        kept.steps().forEach(this::step);
        ourSteps.forEach(this::step);
        namespaces.addAll(kept.namespaces());
        Map<Target, Update> allFollowed = new HashMap<>(kept.followed());
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
            Held before = messages.get(message.id());
            if (before == null && !taken.contains(message.id())) {
                put(Held.written(message));
            } else if (before != null && before.isWaiting() && before.handed().isEmpty()) {
                put(before.joinedBy(message));
            }
        }
        if (!reported.ended().isEmpty()) {
            prune();
        }
    }

    void handedOut(List<String> ids, Instant at) {
        ids.forEach(id -> messages.computeIfPresent(id, (same, held) -> held.handedOut(at)));
    }

    void acknowledged(String id, Instant at) {
        Held held = messages.get(id);
        if (held != null && held.isWaiting()) {
            put(held.taken(at));
            prune();
        }
        remember(taken, id);
    }

    void failed(String id, Instant nextAttempt, String why) {
        Held held = messages.get(id);
        if (held != null && held.isWaiting()) {
            put(held.failed(nextAttempt, why));
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

    /** Messages that must go for others to have room. */
    List<AlertMessage> tooMany() {
        Map<String, Deque<Held>> byReceiver = new HashMap<>();
        if (waiting > Limits.MESSAGES_WAITING || waitingSize > Limits.MESSAGES_WAITING_SIZE) {
            messages.values().stream()
                    .filter(Held::isWaiting)
                    .forEach(held -> byReceiver
                            .computeIfAbsent(held.message().receiver(), name -> new ArrayDeque<>())
                            .add(held));
        }
        List<AlertMessage> out = new ArrayList<>();
        int count = waiting;
        long size = waitingSize;
        while (!byReceiver.isEmpty() && (count > Limits.MESSAGES_WAITING || size > Limits.MESSAGES_WAITING_SIZE)) {
            Deque<Held> most = Collections.max(byReceiver.values(), Comparator.comparingInt(Collection::size));
            Held oldest = most.removeFirst();
            out.add(oldest.message());
            count--;
            size -= size(oldest.message());
            byReceiver.values().removeIf(Collection::isEmpty);
        }
        return List.copyOf(out);
    }

    /** See {@link Records#due}; {@code mayGo} says of a message whether it may be sent yet. */
    List<DueMessage> due(Instant now, Predicate<AlertMessage> mayGo) {
        Map<String, Held> first = new LinkedHashMap<>();
        for (Held held : firstOfTheirConversations()) {
            AlertMessage message = held.message();
            if (!message.due().isAfter(now) && mayGo.test(message)) {
                first.merge(message.receiver(), held, LiveRecords::earlier);
            }
        }
        return first.values().stream()
                .sorted(Comparator.comparing((Held held) -> held.message().due()))
                .map(held -> new DueMessage(held.message(), held.attempts()))
                .toList();
    }

    private static Held earlier(Held one, Held other) {
        return other.message().due().isBefore(one.message().due()) ? other : one;
    }

    List<AlertMessage> waitingForOthersThan(Set<String> receivers) {
        return messages.values().stream()
                .filter(Held::isWaiting)
                .map(Held::message)
                .filter(message -> !receivers.contains(message.receiver()))
                .toList();
    }

    Optional<Instant> nextDue(Set<String> busy) {
        return firstOfTheirConversations().stream()
                .map(Held::message)
                .filter(message -> !busy.contains(message.receiver()))
                .map(AlertMessage::due)
                .min(Instant::compareTo);
    }

    private List<Held> firstOfTheirConversations() {
        Set<List<String>> seen = new HashSet<>();
        return messages.values().stream()
                .filter(Held::isWaiting)
                .filter(held -> seen.add(
                        List.of(held.message().conversation(), held.message().receiver())))
                .toList();
    }

    /** Those of which an incident lasts. */
    List<Conversation> conversations() {
        return messages.values().stream()
                .filter(held -> held.message().moment() == Moment.OPENED && isOfWhatLasts(held))
                .map(held -> new Conversation(
                        held.message().conversation(),
                        held.message().receiver(),
                        held.message().about().stream()
                                .flatMap(id -> Optional.ofNullable(incidents.get(id)).stream())
                                .toList(),
                        held.handed().isPresent()))
                .toList();
    }

    private boolean isOfWhatLasts(Held held) {
        return held.message().about().stream()
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

    List<DiaryEntry> latest(Set<String> wanted, Set<Target> targets, Instant from) {
        return targets.stream()
                .flatMap(target -> lines.getOrDefault(target, new ArrayDeque<>()).stream())
                .filter(entry -> wanted.contains(entry.code()) && !entry.at().isBefore(from))
                .sorted(Comparator.comparing(DiaryEntry::at))
                .toList();
    }

    List<Step> latestSteps(int most) {
        return steps.descendingMap().values().stream().limit(most).toList();
    }

    Set<String> namespaces() {
        return Set.copyOf(namespaces);
    }

    /** All of it but lines and ids, to be written into a file that lacks some of it. */
    Kept known() {
        return new Kept(
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

    private void put(Held held) {
        count(messages.put(held.message().id(), held), -1);
        count(held, 1);
    }

    private void count(@org.jspecify.annotations.Nullable Held held, int by) {
        if (held != null && held.isWaiting()) {
            waiting += by;
            waitingSize += by * size(held.message());
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
        steps.merge(StepKey.of(learned), learned, LiveRecords::learned);
        if (steps.size() > Limits.STEPS_REMEMBERED) {
            steps.pollFirstEntry();
        }
    }

    /** As {@link StepTable} does: what was learned first stays, and so does a problem once met. */
    private static Step learned(Step before, Step now) {
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

    /** Lets go of what was told to the end. */
    private void prune() {
        messages.values().removeIf(held -> !held.isWaiting() && !isOfWhatLasts(held));
        Set<String> toldOf = new HashSet<>();
        messages.values().forEach(held -> toldOf.addAll(held.message().about()));
        incidents.values().removeIf(incident -> incident.ended().isPresent() && !toldOf.contains(incident.id()));
    }

    private static void remember(Set<String> ids, String id) {
        ids.remove(id);
        ids.add(id);
        if (ids.size() > Limits.IDS_REMEMBERED) {
            ids.remove(ids.iterator().next());
        }
    }
}
