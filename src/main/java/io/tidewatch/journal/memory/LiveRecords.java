package io.tidewatch.journal.memory;

import io.tidewatch.journal.content.Change;
import io.tidewatch.journal.content.DueMessage;
import io.tidewatch.journal.content.JournalContent;
import io.tidewatch.journal.content.OutboxEntry;
import io.tidewatch.journal.content.Records;
import io.tidewatch.journal.content.Told;
import io.tidewatch.journal.content.Unfinished;
import io.tidewatch.model.Limits;
import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Update;
import io.tidewatch.model.report.Scope;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The records that are needed without the file: open incidents, messages that no receiver has accepted, and the latest lines and
 * steps. Everything in it is bounded by {@link Limits}. Not safe for use by several threads.
 */
public final class LiveRecords implements Change.Recorder<RuntimeException> {

    private final LiveIncidents incidents = new LiveIncidents();
    private final LiveOutbox outbox = new LiveOutbox();
    private final LatestLines lines;
    private final LatestSteps steps = new LatestSteps();
    private final Set<String> namespaces = new HashSet<>();
    private Map<Target, Update> followed = Map.of();

    /** @param codes of the lines that are kept by target */
    LiveRecords(Set<String> codes) {
        this.lines = new LatestLines(codes);
    }

    /** Adds the content of a file. Records that are here already are newer than those of the file. */
    void addOlder(JournalContent content) {
        incidents.addOlder(content.incidents(), content.resolved());
        outbox.addOlder(content.messages(), content.acknowledged());
        lines.addOlder(content.lines());
        steps.putOlder(content.steps());
        namespaces.addAll(content.namespaces());
        Map<Target, Update> allFollowed = new HashMap<>(content.followed());
        allFollowed.putAll(followed);
        followed = Map.copyOf(allFollowed);
        prune();
    }

    @Override
    public void record(Change.Reported reported) {
        reported.diary().forEach(lines::add);
        reported.opened().forEach(incidents::open);
        reported.ended().forEach(incidents::resolve);
        reported.steps().forEach(steps::put);
        reported.messages().forEach(outbox::add);
        if (!reported.ended().isEmpty()) {
            prune();
        }
    }

    @Override
    public void record(Change.HandedOut handedOut) {
        outbox.handedOut(handedOut.messages(), handedOut.at());
    }

    @Override
    public void record(Change.Acknowledged acknowledged) {
        if (outbox.acknowledged(acknowledged.message(), acknowledged.at())) {
            prune();
        }
    }

    @Override
    public void record(Change.Failed failed) {
        outbox.failed(failed.message(), failed.nextAttempt(), failed.error());
    }

    @Override
    public void record(Change.Dropped dropped) {
        outbox.drop(dropped.message());
        prune();
    }

    @Override
    public void record(Change.Followed updates) {
        followed = updates.updates();
    }

    /** Removes messages that were acknowledged, and incidents that are resolved and reported. */
    private void prune() {
        outbox.prune(this::isAboutOpenIncident);
        Set<String> inMessages = new HashSet<>();
        outbox.entries().forEach(entry -> inMessages.addAll(entry.message().about()));
        incidents.prune(inMessages);
    }

    private boolean isAboutOpenIncident(OutboxEntry entry) {
        return entry.message().about().stream().anyMatch(incidents::isOpen);
    }

    /** The messages to drop, so that the others are within the limits. */
    List<AlertMessage> beyondLimits() {
        return outbox.beyondLimits();
    }

    /** Another process may be sending this message until then. */
    void putOff(String message, Instant until) {
        outbox.putOff(message, until);
    }

    /** See {@link Records#due}; {@code maySend} decides whether a message may be sent yet. */
    public List<DueMessage> due(Instant now, Predicate<AlertMessage> maySend) {
        return outbox.due(now, maySend);
    }

    /** What has no end yet. */
    public Unfinished unfinished() {
        Map<String, Instant> oldest = new HashMap<>();
        outbox.waiting()
                .map(OutboxEntry::message)
                .forEach(message ->
                        oldest.merge(message.receiver(), message.at(), BinaryOperator.minBy(Instant::compareTo)));
        return new Unfinished(allOpenIncidents().map(Incident::severity).toList(), oldest);
    }

    /** See {@link Records#nextDue}. */
    public Optional<Instant> nextDue(Set<String> busy) {
        return outbox.nextDue(busy);
    }

    /** The messages that wait for receivers other than these. */
    public List<AlertMessage> waitingForOthersThan(Set<String> receivers) {
        return outbox.waiting()
                .map(OutboxEntry::message)
                .filter(message -> !receivers.contains(message.receiver()))
                .toList();
    }

    /**
     * The messages that wait, except those about Tidewatch itself, and except the end of what its receiver was told of: what has begun is
     * ended.
     */
    List<AlertMessage> untold() {
        List<AlertMessage> waiting = outbox.waiting()
                .map(OutboxEntry::message)
                .filter(message -> !isAboutTidewatch(message))
                .toList();
        Set<List<String>> begun = waiting.stream()
                .filter(message -> message.moment() == Moment.OPENED)
                .map(LiveRecords::talk)
                .collect(Collectors.toSet());
        return waiting.stream()
                .filter(message -> message.moment() != Moment.ENDED || begun.contains(talk(message)))
                .toList();
    }

    private static List<String> talk(AlertMessage message) {
        return List.of(message.conversation(), message.receiver());
    }

    private boolean isAboutTidewatch(AlertMessage message) {
        return message.about().stream()
                .flatMap(id -> incidents.find(id).stream())
                .anyMatch(incident -> incident.target().isTidewatch());
    }

    /** The open incidents of which these would be the first word to any receiver. */
    List<Incident> incidentsUntold(List<AlertMessage> untold) {
        Set<String> told = outbox.entries()
                .filter(entry -> !entry.isWaiting())
                .flatMap(entry -> entry.message().about().stream())
                .collect(Collectors.toSet());
        return untold.stream()
                .flatMap(message -> message.about().stream())
                .distinct()
                .filter(id -> incidents.isOpen(id) && !told.contains(id))
                .flatMap(id -> incidents.find(id).stream())
                .toList();
    }

    public boolean knowsMessage(String id) {
        return outbox.knows(id);
    }

    /** The conversations with an open incident. */
    public List<Conversation> conversations() {
        return outbox.entries()
                .filter(entry -> entry.message().moment() == Moment.OPENED && isAboutOpenIncident(entry))
                .map(entry -> new Conversation(
                        entry.message().conversation(),
                        entry.message().receiver(),
                        entry.message().about().stream()
                                .flatMap(id -> incidents.find(id).stream())
                                .toList(),
                        entry.handedOutAt().isPresent()))
                .toList();
    }

    /** What receivers were told of by these messages, and which has no end yet. */
    List<Told> told(Set<String> by) {
        return outbox.entries()
                .filter(entry -> entry.message().moment() == Moment.OPENED
                        && by.contains(entry.message().id())
                        && entry.handedOutAt().isPresent()
                        && isAboutOpenIncident(entry))
                .map(entry -> new Told(
                        entry.message(),
                        entry.message().about().stream()
                                .flatMap(id -> incidents.find(id).stream())
                                .toList()))
                .toList();
    }

    /** The open incidents; a target may have several. */
    public Stream<Incident> allOpenIncidents() {
        return incidents.allOpen();
    }

    /** The open incidents; where a target has several, the one that opened first. */
    public Map<Target, Incident> openIncidents() {
        return incidents.openByTarget();
    }

    /** See {@link Records#latest}. */
    public List<DiaryEntry> latest(Set<String> codes, Set<Target> targets, Instant from) {
        return lines.since(from, codes, targets);
    }

    /** The latest steps, the newest first. */
    public List<Step> latestSteps(Scope of, int most) {
        return steps.latest(of, most);
    }

    public Set<String> namespaces() {
        return Set.copyOf(namespaces);
    }

    /** All records except lines and ids, to complete a file that lacks some of them. */
    JournalContent known() {
        return new JournalContent(
                incidents.all(), outbox.all(), List.of(), List.of(), List.of(), steps.all(), followed, namespaces);
    }
}
