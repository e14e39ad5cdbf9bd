package io.tidewatch.demo;

import io.tidewatch.model.Target;
import io.tidewatch.model.report.DiaryEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Keeps the lines of Tidewatch's diary, and waits for certain lines. */
final class Diary implements Consumer<DiaryEntry> {

    private final List<DiaryEntry> entries = new CopyOnWriteArrayList<>();
    private final Consumer<DiaryEntry> next;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition said = lock.newCondition();

    /**
     * @param next given each line as well
     */
    Diary(Consumer<DiaryEntry> next) {
        this.next = next;
    }

    @Override
    public void accept(DiaryEntry entry) {
        next.accept(entry);
        lock.lock();
        try {
            entries.add(entry);
            said.signalAll();
        } finally {
            lock.unlock();
        }
    }

    List<DiaryEntry> entries() {
        return List.copyOf(entries);
    }

    List<DiaryEntry> of(Target target, String code) {
        return entries.stream().filter(matching(target, code)).toList();
    }

    Optional<DiaryEntry> first(Target target, String code) {
        return of(target, code).stream().findFirst();
    }

    /**
     * Waits for the n-th line with a code about a target.
     *
     * @param atMost in real time
     * @return whether the line came in time
     */
    boolean await(Target target, String code, int times, Duration atMost) {
        return await(all -> all.stream().filter(matching(target, code)).count() >= times, atMost);
    }

    boolean await(Predicate<List<DiaryEntry>> enough, Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!enough.test(entries)) {
                if (left <= 0) {
                    return false;
                }
                left = said.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private static Predicate<DiaryEntry> matching(Target target, String code) {
        return entry -> entry.code().equals(code) && entry.target().equals(Optional.of(target));
    }
}
