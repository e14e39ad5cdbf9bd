package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.report.DiaryEntry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The lines of the diary as the application says them; each is a reason to ask again. */
public final class HeardDiary implements Consumer<DiaryEntry> {

    private static final long NOW_AND_THEN = 200;

    private final List<DiaryEntry> heard = new CopyOnWriteArrayList<>();
    private final BlockingQueue<DiaryEntry> news = new LinkedBlockingQueue<>();
    private final Duration patience;

    /** @param patience only ends a night that has gone wrong */
    public HeardDiary(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void accept(DiaryEntry entry) {
        heard.add(entry);
        news.add(entry);
    }

    public Stream<DiaryEntry> entries() {
        return heard.stream();
    }

    /** The lines with this code. */
    public List<String> said(String code) {
        return entries()
                .filter(entry -> entry.code().equals(code))
                .map(DiaryEntry::text)
                .toList();
    }

    /** The lines with this code about a target of this name. */
    public List<String> saidOf(String name, String code) {
        return entries()
                .filter(entry -> entry.code().equals(code) && isAbout(entry, name))
                .map(DiaryEntry::text)
                .toList();
    }

    public static boolean isAbout(DiaryEntry entry, String name) {
        return entry.target().filter(target -> target.name().equals(name)).isPresent();
    }

    public void clear() {
        heard.clear();
    }

    /** Asks at each line, and now and then, until it holds. */
    public void await(String what, BooleanSupplier holds) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("waiting for: %s; the diary: %s", what, heard)
                    .isLessThan(deadline);
            news.poll(NOW_AND_THEN, TimeUnit.MILLISECONDS);
        }
    }
}
