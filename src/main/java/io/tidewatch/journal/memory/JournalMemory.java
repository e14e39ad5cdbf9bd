package io.tidewatch.journal.memory;

import io.tidewatch.journal.content.Change;
import io.tidewatch.journal.content.DroppedMessages;
import io.tidewatch.journal.content.Duty;
import io.tidewatch.journal.content.JournalContent;
import io.tidewatch.journal.content.NumberedChange;
import io.tidewatch.journal.content.Told;
import io.tidewatch.model.Target;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Update;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the callers of the journal share with the thread that uses the file: the live records, the changes that are not in the file
 * yet, and whether the file is behind. Any thread may call. No thread holds this monitor while it waits for a disk.
 */
public final class JournalMemory {

    private static final Logger log = LoggerFactory.getLogger(JournalMemory.class);

    private final Set<String> codes;
    private final ChangeQueue queue = new ChangeQueue();
    private final List<Runnable> afterReading = new ArrayList<>();

    /** Empty as long as the file has not been read. */
    private Optional<Map<Target, Update>> followedBefore = Optional.empty();

    private LiveRecords live;
    private Duty duty;
    private OptionalLong leadsAgainAt = OptionalLong.empty();
    private boolean leadsAgain = true;

    /** What receivers were told of before another process took over, and which no file has. */
    private List<Told> told = List.of();

    private boolean behind;
    private OptionalLong lateSince = OptionalLong.empty();

    /**
     * How it was until the file caught up.
     *
     * @param lostLines how many lines and steps were dropped and are in no file
     * @param late how long the journal's thread gave no answer, where a caller stopped waiting for it
     */
    public record CaughtUp(int lostLines, Optional<Duration> late) {}

    /** @param codes of the lines of the diary that {@link LiveRecords#latest} returns */
    public JournalMemory(Set<String> codes, Duty duty) {
        this.codes = Set.copyOf(codes);
        this.live = new LiveRecords(codes);
        this.duty = duty;
    }

    // ---- for callers

    public synchronized <T> T query(Function<LiveRecords, T> query) {
        return query.apply(live);
    }

    /**
     * Changes the records. Without the duty to write, only that a message was accepted is kept. The file has the changes when {@link #awaitWritten} returns for their number.
     *
     * @param changes makes the changes from the records as they are now; it may make none
     * @return the number of the last change that somebody may wait for: diagnoses beside others are written later
     */
    public synchronized OptionalLong change(Instant now, Function<LiveRecords, List<Change>> changes) {
        OptionalLong last = OptionalLong.empty();
        for (Change change : changes.apply(live)) {
            if (leads() || change instanceof Change.Acknowledged) {
                long number = add(change);
                if (last.isEmpty() || !change.isOfDiagnosesAlone()) {
                    last = OptionalLong.of(number);
                }
            }
        }
        List<AlertMessage> beyond = leads() ? live.beyondLimits() : List.of();
        return beyond.isEmpty() ? last : OptionalLong.of(drop(beyond, now));
    }

    private long add(Change change) {
        change.recordIn(live);
        return queue.add(change);
    }

    private long drop(List<AlertMessage> messages, Instant now) {
        Map<String, Integer> byReceiver = new HashMap<>();
        messages.forEach(message -> {
            add(new Change.Dropped(message.id()));
            byReceiver.merge(message.receiver(), 1, Integer::sum);
        });
        DiaryEntry line = DroppedMessages.of(now, byReceiver);
        log.warn("{}; the first of them was {}", line.text(), messages.get(0).id());
        return add(Change.Reported.lines(List.of(line)));
    }

    /**
     * Drops what another process reports in place of this one, from records of its own.
     *
     * @return the number of the last change; empty where there was nothing to drop
     */
    public synchronized OptionalLong giveUpUntold(Instant now, String leader) {
        List<AlertMessage> messages = live.untold();
        if (messages.isEmpty() || !leads()) {
            return OptionalLong.empty();
        }
        List<Incident> ended = live.incidentsUntold(messages).stream()
                .map(incident -> incident.resolved(now, "not reported: " + leader + " leads"))
                .toList();
        Map<String, Integer> byReceiver = new HashMap<>();
        messages.forEach(message -> {
            add(new Change.Dropped(message.id()));
            byReceiver.merge(message.receiver(), 1, Integer::sum);
        });
        DiaryEntry line = DroppedMessages.untold(now, byReceiver, leader);
        log.warn("{}; the first of them was {}", line.text(), messages.get(0).id());
        return OptionalLong.of(
                add(new Change.Reported(List.of(line), List.of(), ended, List.of(), List.of(), List.of())));
    }

    /** Another process may be sending this message until then. */
    public synchronized void putOff(String message, Instant until) {
        live.putOff(message, until);
    }

    // ---- who writes

    public synchronized boolean leads() {
        return duty == Duty.LEAD;
    }

    /** From now on nothing but accepted messages is kept. What waits is written if this process leads again. */
    public synchronized void standBy() {
        duty = Duty.STAND_BY;
        leadsAgainAt = OptionalLong.empty();
        notifyAll();
    }

    /**
     * The same for good: another process reports. What receivers were told of from memory alone ends here, for no other process knows of it.
     *
     * @param outcome one line: what ends it
     * @return what has ended so, for the receivers to be told
     */
    public synchronized List<Told> standBy(Instant now, String outcome) {
        List<Told> alone = toldAlone();
        told = List.of();
        if (leads()) {
            alone.forEach(one -> {
                one.about().stream()
                        .filter(incident -> incident.ended().isEmpty())
                        .forEach(incident -> add(Change.Reported.ended(incident.resolved(now, outcome))));
                add(new Change.Dropped(one.opened().id()));
            });
        }
        standBy();
        return alone;
    }

    private List<Told> toldAlone() {
        return Stream.concat(told.stream(), live.told(queue.unwrittenMessages()).stream())
                .toList();
    }

    /**
     * From now on this process writes. The file is read as after a start: another process may have written it. What could not be written
     * before is kept, and is newer.
     */
    public synchronized void lead() {
        if (duty == Duty.STAND_BY) {
            duty = Duty.LEAD;
            leadsAgainAt = OptionalLong.empty();
            if (queue.count() == 0) {
                live = new LiveRecords(codes);
            }
            followedBefore = Optional.empty();
            told.forEach(this::tellAgain);
            told = List.of();
        }
    }

    /** Nobody else reported meanwhile, so what was told goes on. */
    private void tellAgain(Told one) {
        List<Incident> open = one.about().stream()
                .filter(incident -> incident.ended().isEmpty())
                .toList();
        add(new Change.Reported(List.of(), open, List.of(), List.of(), List.of(), List.of(one.opened())));
        add(new Change.Acknowledged(one.opened().id(), one.opened().at()));
    }

    /** Whether this process leads again after another one has taken over. */
    public synchronized void leadAgain(boolean again) {
        leadsAgain = again;
    }

    /**
     * Another process has taken over: nothing that waits may be written. Unless this process is told to stand by, or may not lead again, it
     * leads again after the pause.
     *
     * @return how many lines and steps are in no file
     */
    public synchronized int superseded(Duration pause) {
        queue.putBack();
        told = toldAlone();
        queue.keepAccepted();
        live = new LiveRecords(codes);
        followedBefore = Optional.empty();
        standBy();
        leadsAgainAt = leadsAgain ? OptionalLong.of(System.nanoTime() + pause.toNanos()) : OptionalLong.empty();
        return queue.takeLostLines();
    }

    /** Leads again when the pause after {@link #superseded} is over. */
    public synchronized void leadAfterPause() {
        if (leadsAgainAt.isPresent() && System.nanoTime() - leadsAgainAt.getAsLong() >= 0) {
            lead();
        }
    }

    /** How long until {@link #leadAfterPause} leads; empty where it never will. */
    public synchronized Optional<Duration> pauseLeft() {
        return leadsAgainAt.stream()
                .mapToObj(at -> Duration.ofNanos(Math.max(0, at - System.nanoTime())))
                .findFirst();
    }

    /** Which messages were accepted, as far as that is not in the file. */
    public synchronized List<Change.Acknowledged> accepted() {
        queue.putBack();
        return queue.accepted();
    }

    /** These are in the file. */
    public synchronized void acceptedWritten(List<Change.Acknowledged> written) {
        queue.remove(written);
        notifyAll();
    }

    // ---- what may be sent

    /** Whether a message may be sent: while the file is not behind, only a message that is in the file. */
    public synchronized boolean maySend(AlertMessage message) {
        return behind || queue.isWritten(message.id());
    }

    /**
     * Waits until a process that has begun to lead knows what the one before wrote, but not while the file is behind, and not longer than the
     * timeout.
     *
     * @return whether the timeout passed, so that the file is behind from now on
     */
    public synchronized boolean awaitRead(Duration timeout) {
        return await(timeout, () -> !leads() || isRead());
    }

    /**
     * Waits until this change is in the file, but not while the file is behind, and not longer than the timeout.
     *
     * @return whether the timeout passed, so that the file is behind from now on
     */
    public synchronized boolean awaitWritten(long number, Duration timeout) {
        return await(timeout, () -> !leads() || queue.isWritten(number));
    }

    /** Every change of what is waited for wakes all that wait. */
    private boolean await(Duration timeout, BooleanSupplier done) {
        long until = System.nanoTime() + timeout.toNanos();
        while (!done.getAsBoolean() && !behind) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return late();
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    /**
     * The journal's thread did not answer in time: the file is behind until it has caught up.
     *
     * @return whether it was not behind before
     */
    public synchronized boolean late() {
        if (behind) {
            return false;
        }
        behind = true;
        lateSince = OptionalLong.of(System.nanoTime());
        notifyAll();
        return true;
    }

    public synchronized boolean isBehind() {
        return behind;
    }

    /** How many changes are not in the file. */
    public synchronized int waiting() {
        return queue.count();
    }

    /** Runs this once, when the file has been read: immediately where it was read before, else on the journal's thread. */
    public void whenRead(Runnable task) {
        synchronized (this) {
            if (!isRead()) {
                afterReading.add(task);
                return;
            }
        }
        task.run();
    }

    /** The updates of Rollouts that the process before this one followed; empty as long as the file has not been read. */
    public synchronized Optional<Map<Target, Update>> followedBefore() {
        return followedBefore;
    }

    // ---- for the journal's thread

    /** Whether the file was read since the start, or was set aside as damaged. From then on memory has all there is. */
    public synchronized boolean isRead() {
        return followedBefore.isPresent();
    }

    /** Adds the content of the file, once. */
    public void read(JournalContent content) {
        List<Runnable> tasks;
        synchronized (this) {
            if (isRead()) {
                return;
            }
            live.addOlder(content);
            followedBefore = Optional.of(content.followed());
            tasks = List.copyOf(afterReading);
            afterReading.clear();
            notifyAll();
        }
        tasks.forEach(Runnable::run);
    }

    /** The changes to write next in one transaction; empty when all are written. */
    public synchronized List<NumberedChange> nextBatch() {
        return queue.nextBatch();
    }

    /** The batch is in the file. */
    public synchronized void written() {
        queue.written();
        notifyAll();
    }

    /** Whether changes were dropped, so that the file must be made to agree with {@link #known}. */
    public synchronized boolean hasGap() {
        return queue.hasGap();
    }

    /** All that the file must agree with. It closes the gap that dropped changes left until now. */
    public synchronized JournalContent known() {
        queue.closeGap();
        return live.known();
    }

    /** The file cannot be written: its changes wait, its callers do not. */
    public synchronized void fellBehind() {
        behind = true;
        queue.putBack();
        notifyAll();
    }

    /** All changes are in the file: callers wait for it again. */
    public synchronized CaughtUp caughtUp() {
        Optional<Duration> late = lateSince.stream()
                .mapToObj(since -> Duration.ofNanos(System.nanoTime() - since))
                .findFirst();
        behind = false;
        lateSince = OptionalLong.empty();
        notifyAll();
        return new CaughtUp(queue.takeLostLines(), late);
    }
}
