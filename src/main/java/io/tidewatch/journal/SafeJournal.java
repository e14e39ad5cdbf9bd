package io.tidewatch.journal;

import io.tidewatch.journal.JournalException.Reason;
import io.tidewatch.model.Limits;
import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Update;
import io.tidewatch.model.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal as stages use it: it never throws, and never waits longer than {@value #PATIENCE_MILLIS} ms for a disk.
 *
 * <p>What is asked is answered from memory ({@link LiveRecords}). What is to be written goes into memory and to one thread that
 * owns the {@link Journal}. While that works, {@link #record} returns when all of it is on the disk, and a message is handed
 * out no sooner. When it does not (damaged, locked, full, read-only, slow, deleted), everything goes on from memory: messages
 * are sent although they are not written down, so they may be sent again after a restart. A damaged file is set aside and a
 * new one begun; otherwise the thread tries again after 1 s, then ever less often, up to 30 s. When the journal is back,
 * what waits is written. What waits is bounded; the oldest is dropped first, and counted.
 */
public final class SafeJournal implements Records, AutoCloseable {

    /** How long a caller waits for the disk once; when that was not enough, nobody waits until it has caught up. */
    static final int PATIENCE_MILLIS = 2_000;

    /** Changes in one transaction. */
    private static final int BATCH = 1_000;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Somebody who copies the file may hold it for seconds; that calls nobody. */
    private static final Duration LOCKED_UNTOLD = Duration.ofSeconds(10);

    private static final Duration OPENING = Duration.ofSeconds(5);
    private static final Duration ASKING = Duration.ofSeconds(5);
    private static final Duration FORGETTING = Duration.ofMinutes(1);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(SafeJournal.class);

    private final Path directory;
    private final Clock clock;
    private final Set<String> codes;
    private final Listener listener;
    private final long maxSize;
    private final Duration firstPause;
    private final ScheduledExecutorService thread;
    private final AtomicBoolean awaited = new AtomicBoolean();

    // Guarded by this monitor, which nobody holds while a disk is waited for.
    private final LiveRecords live;
    private final Deque<Numbered> waiting = new ArrayDeque<>();
    private final Map<String, Long> writtenWith = new HashMap<>();
    private long waitingSize;
    private long added;
    private long written;
    private boolean behind;
    private int lost;
    private final List<Runnable> afterReading = new ArrayList<>();
    private Optional<Map<Target, Update>> followedBefore = Optional.empty();

    // The thread's own.
    private @Nullable Journal file;
    private @Nullable Object fileKey;
    private Optional<Away> away = Optional.empty();
    private boolean saidWell;

    private record Numbered(long number, Change change) {}

    private record Away(Instant since, boolean told, Duration pause) {}

    /** Who is told how the journal is. Called from the journal's own thread. */
    public interface Listener {

        /** It does not work; once, until it is well. */
        void trouble(String summary);

        /** It works: once after the start, and once after each trouble. */
        void well(String summary);
    }

    private SafeJournal(
            Path directory, Clock clock, Set<String> codes, Listener listener, long maxSize, Duration firstPause) {
        this.directory = directory;
        this.clock = clock;
        this.codes = Set.copyOf(codes);
        this.listener = listener;
        this.maxSize = maxSize;
        this.firstPause = firstPause;
        this.live = new LiveRecords(codes);
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread own = new Thread(task, "tidewatch-journal");
            own.setDaemon(true);
            return own;
        });
    }

    /**
     * Opens the journal in this directory, whatever state it is in; waits at most five seconds for it.
     *
     * @param codes of those lines that {@link #latest} is asked for
     * @param maxSize bytes; when there are more, the oldest of what is over is forgotten
     */
    public static SafeJournal open(Path directory, Clock clock, Set<String> codes, long maxSize, Listener listener) {
        return open(directory, clock, codes, maxSize, listener, FIRST_PAUSE);
    }

    /** @param firstPause after which a journal that does not work is tried again for the first time */
    static SafeJournal open(
            Path directory, Clock clock, Set<String> codes, long maxSize, Listener listener, Duration firstPause) {
        SafeJournal journal = new SafeJournal(directory, clock, codes, listener, maxSize, firstPause);
        journal.awaited.set(true);
        journal.ask(OPENING, () -> {
            journal.work();
            return true;
        });
        return journal;
    }

    @Override
    public void record(Report report, List<AlertMessage> messages) {
        record(report, running -> messages);
    }

    @Override
    public void record(Report report, Function<List<Conversation>, List<AlertMessage>> messages) {
        boolean changes = !report.opened().isEmpty() || !report.ended().isEmpty();
        long number;
        synchronized (this) {
            Change.Told told = new Change.Told(
                    report.diary(),
                    report.opened(),
                    report.ended(),
                    report.steps(),
                    messages.apply(changes ? live.conversations() : List.of()));
            if (told.isEmpty()) {
                return;
            }
            number = add(told);
            told.messages().forEach(message -> writtenWith.put(message.id(), number));
        }
        await(number);
    }

    @Override
    public void note(List<DiaryEntry> entries) {
        change(new Change.Told(entries, List.of(), List.of(), List.of(), List.of()));
    }

    @Override
    public List<DueMessage> due(Instant now, Set<String> busy) {
        List<DueMessage> due;
        long number;
        synchronized (this) {
            due = live.due(now, message -> !busy.contains(message.receiver()) && mayGo(message));
            if (due.isEmpty()) {
                return due;
            }
            number = add(new Change.HandedOut(
                    due.stream().map(one -> one.message().id()).toList(), now));
        }
        await(number);
        return due;
    }

    /** While the journal works, only what is written down is sent. */
    private boolean mayGo(AlertMessage message) {
        return behind || writtenWith.getOrDefault(message.id(), 0L) <= written;
    }

    @Override
    public synchronized Optional<Instant> nextDue(Set<String> busy) {
        return live.nextDue(busy);
    }

    @Override
    public void acknowledged(String id, Instant now) {
        change(new Change.Acknowledged(id, now));
    }

    @Override
    public void failed(String id, Instant nextAttempt, String why) {
        change(new Change.Failed(id, nextAttempt, why));
    }

    @Override
    public synchronized boolean knowsMessage(String id) {
        return live.knowsMessage(id);
    }

    @Override
    public synchronized Map<Target, Incident> openIncidents() {
        return live.openIncidents();
    }

    /** Empty while the journal does not answer. */
    @Override
    public Optional<List<DiaryEntry>> lines(String code, Instant from, Instant to) {
        synchronized (this) {
            if (behind) {
                return Optional.empty();
            }
        }
        return ask(
                ASKING,
                () -> read(current -> {
                    writeAll(current);
                    return current.entries(code, from, to);
                }));
    }

    @Override
    public Set<String> readdress(Set<String> exist, List<String> instead) {
        Set<String> unknown;
        long number;
        synchronized (this) {
            List<AlertMessage> lost = live.waitingForOthersThan(exist);
            unknown = lost.stream().map(AlertMessage::receiver).collect(Collectors.toUnmodifiableSet());
            if (lost.isEmpty() || instead.isEmpty()) {
                return unknown;
            }
            lost.forEach(message -> enqueue(new Change.GivenUp(message.id())));
            List<AlertMessage> again = lost.stream()
                    .flatMap(message -> instead.stream().map(message::to))
                    .toList();
            number = add(new Change.Told(List.of(), List.of(), List.of(), List.of(), again));
            again.forEach(message -> writtenWith.put(message.id(), number));
        }
        await(number);
        return unknown;
    }

    @Override
    public synchronized List<DiaryEntry> latest(Set<String> wanted, Set<Target> targets, Instant from) {
        return live.latest(wanted, targets, from);
    }

    @Override
    public void follow(Map<Target, Update> followed) {
        change(new Change.Followed(followed));
    }

    /** Whether the file was read since the start, or was set aside as damaged: from then on memory is complete. */
    private synchronized boolean isRead() {
        return followedBefore.isPresent();
    }

    /** Runs this once, when the file has been read: at once where that was before, else on the journal's own thread. */
    public void whenRead(Runnable task) {
        synchronized (this) {
            if (!isRead()) {
                afterReading.add(task);
                return;
            }
        }
        task.run();
    }

    /** Memory is complete from now on. */
    private void wasRead(Kept kept) {
        List<Runnable> tasks;
        synchronized (this) {
            if (isRead()) {
                return;
            }
            live.absorb(kept);
            followedBefore = Optional.of(kept.followed());
            tasks = List.copyOf(afterReading);
            afterReading.clear();
        }
        tasks.forEach(Runnable::run);
    }

    /** The open incidents of Tidewatch itself; empty as long as the file has not been read. */
    public synchronized Optional<List<Incident>> openIncidentsOfTidewatch() {
        return isRead()
                ? Optional.of(live.open()
                        .filter(incident -> incident.target().isTidewatch())
                        .toList())
                : Optional.empty();
    }

    /** The updates of Rollouts that the process before this one followed; empty as long as the file has not been read. */
    public synchronized Optional<Map<Target, Update>> followedBefore() {
        return followedBefore;
    }

    @Override
    public synchronized List<Step> latestSteps(int most) {
        return live.latestSteps(most);
    }

    /** Where something was done or said before this start, as far as the journal could be read by now. */
    public synchronized Set<String> namespaces() {
        return live.namespaces();
    }

    @Override
    public int forget(Instant before) {
        return ask(FORGETTING, () -> read(current -> current.forget(before))).orElse(0);
    }

    /** On the journal's thread; what fails here is trouble like any other. */
    private <T> T read(Function<Journal, T> question) {
        try {
            return question.apply(connected());
        } catch (JournalException e) {
            trouble(e);
            throw e;
        }
    }

    /** How many changes wait to be written down. */
    synchronized int waiting() {
        return waiting.size();
    }

    private void change(Change change) {
        long number;
        synchronized (this) {
            number = add(change);
        }
        await(number);
    }

    /** Puts it into memory and hands it to the thread. */
    private synchronized long add(Change change) {
        enqueue(change);
        List<AlertMessage> tooMany = live.tooMany();
        if (!tooMany.isEmpty()) {
            Map<String, Integer> byReceiver = new HashMap<>();
            tooMany.forEach(message -> {
                enqueue(new Change.GivenUp(message.id()));
                byReceiver.merge(message.receiver(), 1, Integer::sum);
            });
            DiaryEntry line = GivenUpLine.of(clock.instant(), byReceiver);
            log.warn("{}; the first of them was {}", line.text(), tooMany.get(0).id());
            enqueue(new Change.Told(List.of(line), List.of(), List.of(), List.of(), List.of()));
        }
        while (waiting.size() > Limits.CHANGES_WAITING || waitingSize > Limits.CHANGES_WAITING_SIZE) {
            lost += removeFirst().lines();
        }
        workIn(Duration.ZERO);
        return added;
    }

    private synchronized void enqueue(Change change) {
        change.keep(live);
        added++;
        waiting.add(new Numbered(added, change));
        waitingSize += change.size();
        if (change instanceof Change.Acknowledged acknowledged) {
            writtenWith.remove(acknowledged.message());
        }
    }

    private synchronized Change removeFirst() {
        Numbered first = waiting.removeFirst();
        waitingSize -= first.change().size();
        written = first.number();
        return first.change();
    }

    /** Returns when all up to this is written down, or when the journal is behind. */
    private synchronized void await(long number) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (written < number && !behind) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                behind = true;
                log.warn("the journal has not answered for {} ms; nobody waits for it until it does", PATIENCE_MILLIS);
                return;
            }
            try {
                wait(left);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void workIn(Duration pause) {
        if (awaited.compareAndSet(false, true)) {
            try {
                var unused = thread.schedule(this::work, pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                log.debug("closed", closed);
            }
        }
    }

    private <T> Optional<T> ask(Duration patience, Callable<T> question) {
        Future<T> answer;
        try {
            answer = thread.submit(question);
        } catch (RejectedExecutionException closed) {
            return Optional.empty();
        }
        try {
            return Optional.of(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(false);
            log.warn("the journal does not answer: {}", String.valueOf(e.getMessage()));
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Writes down what waits; on the journal's thread. */
    private void work() {
        awaited.set(false);
        try {
            Journal current = connected();
            writeAll(current);
            int forgotten = current.shrink(maxSize);
            if (forgotten > 0) {
                log.info("the journal was larger than {} bytes: its oldest {} lines are forgotten", maxSize, forgotten);
            }
            well();
        } catch (Throwable failed) {
            trouble(failed);
        }
    }

    private void writeAll(Journal current) {
        List<Numbered> batch = batch();
        while (!batch.isEmpty()) {
            List<Change> changes = batch.stream().map(Numbered::change).toList();
            try {
                current.write(changes);
            } catch (JournalException e) {
                if (e.reason() != Reason.UNFIT) {
                    throw e;
                }
                writeOneByOne(current, changes);
            }
            wrote(batch.get(batch.size() - 1).number());
            batch = batch();
        }
    }

    /** One that fits no journal must not keep the others from it. */
    private static void writeOneByOne(Journal current, List<Change> batch) {
        for (Change change : batch) {
            try {
                current.write(List.of(change));
            } catch (JournalException e) {
                if (e.reason() != Reason.UNFIT) {
                    throw e;
                }
                log.error("{} cannot be written down", change.getClass().getSimpleName(), e);
            }
        }
    }

    private synchronized List<Numbered> batch() {
        return waiting.stream().limit(BATCH).toList();
    }

    private synchronized void wrote(long number) {
        while (!waiting.isEmpty() && waiting.getFirst().number() <= number) {
            removeFirst();
        }
        if (waiting.isEmpty()) {
            writtenWith.clear();
        }
        notifyAll();
    }

    /**
     * The file that lies there now. One that was not at hand before is read, once, and made to agree with what is known; what
     * waits is written first, for it tells of what began and ended meanwhile.
     */
    private Journal connected() {
        Path path = directory.resolve(Journal.FILE);
        Journal open = file;
        if (open != null) {
            Journal.checkHeader(path);
        }
        if (open != null && keyOf(path).equals(Optional.ofNullable(fileKey)) && away.isEmpty()) {
            return open;
        }
        if (open == null || !keyOf(path).equals(Optional.ofNullable(fileKey))) {
            closeFile();
            open = Journal.open(directory, maxSize);
            file = open;
            fileKey = keyOf(path).orElse(null);
        }
        if (!isRead()) {
            open.giveUpTooMany(Limits.MESSAGES_WAITING, clock.instant()).ifPresent(line -> log.warn(line.text()));
            wasRead(open.kept(codes));
        }
        writeAll(open);
        Kept known;
        synchronized (this) {
            known = live.known();
        }
        try {
            open.reconcile(known, clock.instant());
        } catch (JournalException e) {
            if (e.reason() != Reason.UNFIT) {
                throw e;
            }
            log.error("what lasts cannot be written down whole", e);
        }
        return open;
    }

    private static Optional<Object> keyOf(Path path) {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private void well() {
        int lines;
        synchronized (this) {
            behind = false;
            lines = lost;
            lost = 0;
            notifyAll();
        }
        String words = away.map(over -> "the journal works again after "
                        + Math.max(
                                0,
                                Duration.between(over.since(), clock.instant()).toSeconds()) + " s")
                .orElse("the journal works");
        if (lines > 0) {
            words += "; " + lines + " lines of the diary could not be kept meanwhile";
        }
        if (away.isPresent() || lines > 0) {
            log.warn(words);
        }
        if (!saidWell || away.filter(Away::told).isPresent()) {
            saidWell = true;
            listener.well(words);
        }
        away = Optional.empty();
    }

    private void trouble(Throwable failed) {
        synchronized (this) {
            behind = true;
            notifyAll();
        }
        Instant now = clock.instant();
        Reason reason = failed instanceof JournalException journal ? journal.reason() : Reason.UNAVAILABLE;
        Away before = away.orElse(new Away(now, false, firstPause));
        if (away.isEmpty()) {
            log.warn("{}; everything goes on from memory", failed.getMessage());
            if (!(failed instanceof JournalException)) {
                log.error("the journal fails", failed);
            }
        }
        boolean tell =
                reason != Reason.LOCKED || Duration.between(before.since(), now).compareTo(LOCKED_UNTOLD) >= 0;
        Optional<Path> aside = reason == Reason.DAMAGED ? setAside(failed, now) : Optional.empty();
        if (tell && !before.told()) {
            listener.trouble(aside.map(place -> "the journal was damaged (" + failed.getMessage()
                            + ") and is set aside as " + place + "; a new one begins, without its history")
                    .orElseGet(() -> words(reason, failed)));
        }
        workIn(aside.isPresent() && away.isEmpty() ? Duration.ZERO : before.pause());
        Duration doubled = before.pause().multipliedBy(2);
        away = Optional.of(new Away(
                before.since(), before.told() || tell, doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE));
    }

    private String words(Reason reason, Throwable failed) {
        String why = switch (reason) {
            case FULL -> "no room is left on its file system";
            case LOCKED -> "another process holds it";
            case DAMAGED -> "it is damaged and cannot be set aside";
            case UNFIT, UNAVAILABLE -> String.valueOf(failed.getMessage());
        };
        return "the journal " + directory.resolve(Journal.FILE) + " cannot be written: " + why
                + "; minimums are written and messages sent all the same, from memory";
    }

    /** From then on, memory is all that is known. */
    private Optional<Path> setAside(Throwable damaged, Instant now) {
        closeFile();
        try {
            Path aside = SetAside.move(directory.resolve(Journal.FILE), now);
            wasRead(Kept.NOTHING);
            return Optional.of(aside);
        } catch (IOException e) {
            damaged.addSuppressed(e);
            return Optional.empty();
        }
    }

    private void closeFile() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (JournalException e) {
            log.debug("the journal could not be closed", e);
        } finally {
            file = null;
            fileKey = null;
        }
    }

    /** Waits a little for what is to be written down. */
    @Override
    public void close() {
        ask(CLOSING, () -> {
            if (away.isEmpty()) {
                work();
            }
            closeFile();
            return true;
        });
        thread.shutdownNow();
        synchronized (this) {
            behind = true;
            notifyAll();
        }
    }
}
