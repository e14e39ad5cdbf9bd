package io.tidewatch.journal;

import io.tidewatch.journal.content.Change;
import io.tidewatch.journal.content.Claim;
import io.tidewatch.journal.content.DueMessage;
import io.tidewatch.journal.content.Duty;
import io.tidewatch.journal.content.JournalListener;
import io.tidewatch.journal.content.Records;
import io.tidewatch.journal.content.Told;
import io.tidewatch.journal.content.Unfinished;
import io.tidewatch.journal.database.Storage;
import io.tidewatch.journal.file.JournalFile;
import io.tidewatch.journal.memory.JournalMemory;
import io.tidewatch.journal.memory.LiveRecords;
import io.tidewatch.journal.writer.JournalWriter;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.IncidentStory;
import io.tidewatch.model.report.Ledger.Update;
import io.tidewatch.model.report.PastDiagnosis;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.model.report.Report;
import io.tidewatch.model.report.Scope;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * The journal as stages use it: it never throws, and waits at most {@value #TIMEOUT_MILLIS} ms for a disk.
 *
 * <p>Queries are answered from memory ({@link JournalMemory}), and changes go into memory first. One thread brings the file up
 * to date ({@link JournalWriter}). While the file works, {@link #record} returns when all of it is on the disk, and only
 * messages that are on the disk are handed out. When the file does not work (damaged, locked, full, read-only, slow, deleted),
 * all callers go on from memory: messages are sent although they are not written, so they may be sent again after a restart.
 * The number of changes that wait for the file is bounded; the oldest are dropped, counted and reported.
 */
public final class SafeJournal implements Records, AutoCloseable {

    /** How long no other process may send a message that this one sends; longer than any delivery may take. */
    public static final Duration CLAIM = Duration.ofSeconds(90);

    /** How long a caller waits for the disk. After a timeout, no caller waits until the file has caught up. */
    static final int TIMEOUT_MILLIS = 2_000;

    /** For those who look at a page, who ask again. */
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration FORGET_TIMEOUT = Duration.ofMinutes(1);

    private final Clock clock;
    private final Duration timeout;
    private final JournalMemory memory;
    private final JournalWriter writer;
    private final boolean shared;

    /**
     * How long the journal waits.
     *
     * @param firstPause after which a file that failed is tried again for the first time
     * @param opening how long a start waits for the file
     * @param timeout how long a caller waits for the disk
     * @param lock how long each use of the file waits for a lock of another process
     * @param superseded after which this process leads again after another has taken over, unless it is told to stand by
     */
    record Waits(Duration firstPause, Duration opening, Duration timeout, Duration lock, Duration superseded) {

        static final Waits DEFAULT = new Waits(
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofMillis(TIMEOUT_MILLIS),
                JournalFile.DEFAULT_BUSY_TIMEOUT,
                Duration.ofSeconds(30));
    }

    private SafeJournal(Clock clock, Duration timeout, JournalMemory memory, JournalWriter writer, boolean shared) {
        this.shared = shared;
        this.clock = clock;
        this.timeout = timeout;
        this.memory = memory;
        this.writer = writer;
    }

    /**
     * Opens the journal in this directory, whatever state it is in; waits at most five seconds for it.
     *
     * @param codes of the lines of the diary that {@link #latest} returns
     * @param maxSize bytes; when the file is larger, its oldest rows that are not needed any more are deleted
     * @param listener receives how the journal is
     */
    public static SafeJournal open(
            Path directory, Clock clock, Set<String> codes, long maxSize, JournalListener listener) {
        return open(directory, clock, codes, maxSize, listener, Waits.DEFAULT);
    }

    static SafeJournal open(
            Path directory, Clock clock, Set<String> codes, long maxSize, JournalListener listener, Waits waits) {
        return open(new JournalFile(directory, maxSize, waits.lock()), clock, codes, Duty.LEAD, listener, waits);
    }

    /**
     * Opens the journal in a database that replicas share; waits at most five seconds for it.
     *
     * @param codes of the lines of the diary that {@link #latest} returns
     * @param maxSize bytes; when the rows are larger, the oldest rows that are not needed any more are deleted
     * @param duty whether this process writes from now on, and no other, or waits for {@link #takeOver}
     * @param listener receives how the journal is
     */
    public static SafeJournal open(
            SharedDatabase database,
            Clock clock,
            Set<String> codes,
            long maxSize,
            Duty duty,
            JournalListener listener) {
        return open(database.storage(maxSize), clock, codes, duty, listener, Waits.DEFAULT);
    }

    static SafeJournal open(
            Storage storage, Clock clock, Set<String> codes, Duty duty, JournalListener listener, Waits waits) {
        JournalMemory memory = new JournalMemory(codes, duty);
        JournalWriter writer =
                new JournalWriter(memory, storage, clock, codes, listener, waits.firstPause(), waits.superseded());
        writer.start(waits.opening());
        return new SafeJournal(clock, waits.timeout(), memory, writer, storage.isShared());
    }

    /**
     * This process writes the journal and sends its messages from now on. The journal is read again, as after a start; who asks next for
     * incidents or messages waits for that. Returns at once. While the database is away, this process goes on from memory.
     */
    public void takeOver() {
        memory.lead();
        memory.leadAgain(true);
        writer.wake();
    }

    /**
     * The same for a process that nobody has elected: it gives way for good to the first process that takes over from it. Called by one that
     * writes already, it means the same from then on.
     */
    public void takeOverUntilReplaced() {
        memory.lead();
        memory.leadAgain(false);
        writer.wake();
    }

    /**
     * Another process writes from now on. Nothing is recorded or handed out any more, except that a message was accepted that is under way.
     * Returns at once.
     */
    public void standBy() {
        memory.standBy();
        writer.wake();
    }

    /**
     * The same for good: another process reports from now on.
     *
     * @param outcome one line: what ends what receivers were told of
     * @return what receivers were told of from memory alone; the other process knows nothing of it, so its end is to be sent by this one
     */
    public List<Told> standBy(String outcome) {
        List<Told> alone = memory.standBy(clock.instant(), outcome);
        writer.wake();
        return alone;
    }

    /**
     * Gives up the messages that no receiver has accepted, and resolves without a word the incidents of targets that no receiver was told of:
     * another replica reports what is open, from a journal of its own. What remains is the end of an incident that a receiver was told of,
     * and what concerns Tidewatch itself. A line says what was given up.
     *
     * @param leader the other replica
     */
    public void giveUpUntold(String leader) {
        written(memory.giveUpUntold(clock.instant(), leader));
    }

    @Override
    public void record(Report report, List<AlertMessage> messages) {
        record(report, running -> messages);
    }

    @Override
    public void record(Report report, Function<List<Conversation>, List<AlertMessage>> messages) {
        boolean changes = !report.opened().isEmpty() || !report.ended().isEmpty();
        awaitRead();
        change(live -> {
            Change.Reported reported =
                    Change.Reported.of(report, messages.apply(changes ? live.conversations() : List.of()));
            return reported.isEmpty() ? List.of() : reported.parts();
        });
    }

    @Override
    public void note(List<DiaryEntry> entries) {
        change(live -> List.of(Change.Reported.lines(entries)));
    }

    @Override
    public List<DueMessage> due(Instant now, Set<String> busy) {
        if (!memory.leads()) {
            return List.of();
        }
        awaitRead();
        List<DueMessage> due = new ArrayList<>();
        change(live -> {
            due.addAll(live.due(now, message -> !busy.contains(message.receiver()) && memory.maySend(message)));
            return due.isEmpty()
                    ? List.of()
                    : List.of(new Change.HandedOut(
                            due.stream().map(message -> message.message().id()).toList(), now));
        });
        return shared && !due.isEmpty() ? claimed(due, now) : List.copyOf(due);
    }

    /**
     * Those that no other process sends. While the database is away, all of them: an alert that may come twice is better than none. None
     * where another process has taken over meanwhile.
     */
    private List<DueMessage> claimed(List<DueMessage> due, Instant now) {
        List<String> ids = due.stream().map(message -> message.message().id()).toList();
        Optional<Map<String, Claim>> answer =
                memory.isBehind() ? Optional.of(Map.of()) : writer.query(timeout, journal -> journal.claim(ids, CLAIM));
        if (answer.isEmpty() && !memory.isBehind()) {
            return List.of();
        }
        Map<String, Claim> claims = answer.orElse(Map.of());
        return due.stream()
                .filter(message -> mayBeSent(
                        message.message().id(),
                        claims.getOrDefault(message.message().id(), Claim.GRANTED),
                        now))
                .toList();
    }

    private boolean mayBeSent(String id, Claim claim, Instant now) {
        switch (claim.answer()) {
            case HELD -> memory.putOff(id, now.plus(claim.left()));
            case ACCEPTED -> acknowledged(id, now);
            case GRANTED -> {}
        }
        return claim.answer() == Claim.Answer.GRANTED && memory.leads();
    }

    @Override
    public Optional<Instant> nextDue(Set<String> busy) {
        return memory.leads() ? memory.query(live -> live.nextDue(busy)) : Optional.empty();
    }

    @Override
    public void acknowledged(String id, Instant now) {
        change(live -> List.of(new Change.Acknowledged(id, now)));
    }

    @Override
    public void failed(String id, Instant nextAttempt, String error) {
        change(live -> List.of(new Change.Failed(id, nextAttempt, error)));
    }

    @Override
    public void notSent(String id) {
        if (shared) {
            writer.query(timeout, journal -> journal.release(id));
        }
    }

    @Override
    public boolean knowsMessage(String id) {
        return memory.query(live -> live.knowsMessage(id));
    }

    @Override
    public Map<Target, Incident> openIncidents() {
        awaitRead();
        return memory.query(LiveRecords::openIncidents);
    }

    /** What has no end yet, as memory has it; waits for nothing. */
    public Unfinished unfinished() {
        return memory.query(LiveRecords::unfinished);
    }

    /** Empty while the file is behind. */
    @Override
    public Optional<List<DiaryEntry>> lines(String code, Instant from, Instant to) {
        return memory.isBehind() ? Optional.empty() : writer.query(QUERY_TIMEOUT, file -> file.entries(code, from, to));
    }

    /**
     * How long the last raises of targets took from their first write until enough pods were available, the newest first; empty while
     * the file is behind.
     *
     * @param before raises that were written at this instant of their target or later do not count
     */
    public Optional<Map<Target, List<Duration>>> raises(Map<Target, Instant> before) {
        return memory.isBehind()
                ? Optional.empty()
                : writer.query(QUERY_TIMEOUT, file -> file.raises(before, LearnedLead.MOST));
    }

    /** What was diagnosed of a target at an instant; empty where the file cannot be read now, or is behind. */
    public Optional<PastDiagnosis.AtInstant> diagnosisAt(Target target, Instant at) {
        return memory.isBehind()
                ? Optional.empty()
                : writer.look(LOOK_TIMEOUT, file -> new PastDiagnosis.AtInstant(file.diagnosisAt(target, at)));
    }

    /**
     * What happened from {@code from}, inclusive, to {@code to}, exclusive; empty where the file cannot be read now, or is behind.
     *
     * @param of to whom. Of one target no line is read
     * @param most of each list
     */
    public Optional<PastEvents> events(Scope of, Instant from, Instant to, int most) {
        return memory.isBehind()
                ? Optional.empty()
                : writer.look(LOOK_TIMEOUT, file -> file.events(of, from, to, most));
    }

    /** The story of an incident; empty where the file cannot be read now, or is behind. */
    public Optional<IncidentStory.OfId> story(String id, int most) {
        return memory.isBehind()
                ? Optional.empty()
                : writer.look(LOOK_TIMEOUT, file -> new IncidentStory.OfId(file.story(id, most)));
    }

    @Override
    public Set<String> readdress(Set<String> exist, List<String> instead) {
        Set<String> unknown = new HashSet<>();
        change(live -> {
            List<AlertMessage> unsendable = live.waitingForOthersThan(exist);
            unsendable.forEach(message -> unknown.add(message.receiver()));
            if (unsendable.isEmpty() || instead.isEmpty()) {
                return List.of();
            }
            List<Change> changes = new ArrayList<>();
            unsendable.forEach(message -> changes.add(new Change.Dropped(message.id())));
            changes.add(Change.Reported.messages(unsendable.stream()
                    .flatMap(message -> instead.stream().map(message::to))
                    .toList()));
            return changes;
        });
        return Set.copyOf(unknown);
    }

    @Override
    public List<DiaryEntry> latest(Set<String> codes, Set<Target> targets, Instant from) {
        return memory.query(live -> live.latest(codes, targets, from));
    }

    @Override
    public void follow(Map<Target, Update> followed) {
        change(live -> List.of(new Change.Followed(followed)));
    }

    /** Those of all targets are in memory where this process leads. Memory may have forgotten those of some targets. */
    @Override
    public List<Step> latestSteps(Scope of, int most) {
        boolean isInMemory = memory.leads() && of.equals(Scope.ALL);
        return (isInMemory || memory.isBehind()
                        ? Optional.<List<Step>>empty()
                        : writer.look(LOOK_TIMEOUT, journal -> journal.latestSteps(of, most)))
                .orElseGet(() -> memory.query(live -> live.latestSteps(of, most)));
    }

    @Override
    public int forget(Instant before) {
        return memory.leads()
                ? writer.query(FORGET_TIMEOUT, file -> file.forget(before)).orElse(0)
                : 0;
    }

    /** The namespaces in which something was done or reported before this start, as far as the file has been read by now. */
    public Set<String> namespaces() {
        return memory.query(LiveRecords::namespaces);
    }

    /**
     * Runs this once, when the file has been read: immediately where that was before, else on the journal's own thread. A file
     * that is locked at the start is read when the lock is gone.
     */
    public void whenRead(Runnable task) {
        memory.whenRead(task);
    }

    /** The open incidents of Tidewatch itself; empty as long as the file has not been read. */
    public Optional<List<Incident>> openIncidentsOfTidewatch() {
        awaitRead();
        return memory.isRead()
                ? Optional.of(memory.query(live -> live.allOpenIncidents()
                        .filter(incident -> incident.target().isTidewatch())
                        .toList()))
                : Optional.empty();
    }

    /** The updates of Rollouts that the process before this one followed; empty as long as the file has not been read. */
    public Optional<Map<Target, Update>> followedBefore() {
        awaitRead();
        return memory.followedBefore();
    }

    /** How many changes are not in the file. */
    int waiting() {
        return memory.waiting();
    }

    /** After {@link #takeOver}, the first who needs to know what the process before wrote waits for it. */
    private void awaitRead() {
        if (memory.awaitRead(timeout)) {
            writer.reportLate(timeout);
        }
    }

    private void change(Function<LiveRecords, List<Change>> changes) {
        written(memory.change(clock.instant(), changes));
    }

    private void written(OptionalLong change) {
        change.ifPresent(number -> {
            writer.wake();
            if (memory.awaitWritten(number, timeout)) {
                writer.reportLate(timeout);
            }
        });
    }

    /** Writes what waits for the file, for at most five seconds. */
    @Override
    public void close() {
        writer.close();
    }
}
