package io.tidewatch.app.trial;

import io.tidewatch.cli.Trial;
import io.tidewatch.cli.Trial.Result;
import io.tidewatch.model.StrangerText;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One trial on a thread of its own. What it throws is its result, and after its time it is given up, whatever its thread does.
 *
 * @param limit the longest time that is waited for it
 * @param work finds out; its failures have messages without secrets
 * @param giveUp ends the work as far as it can be ended, from another thread
 */
record Attempt(String part, String name, Duration limit, Work work, Runnable giveUp) {

    /** What is tried. */
    @FunctionalInterface
    interface Work {
        List<Found> find() throws Exception;
    }

    /**
     * What was found.
     *
     * @param part empty: the attempt's own
     */
    record Found(String part, Result result, String message) {

        static List<Found> fine(String message) {
            return List.of(new Found("", Result.OK, message));
        }
    }

    Attempt(String part, String name, Duration limit, Work work) {
        this(part, name, limit, work, () -> {});
    }

    /** An attempt that has begun. */
    record Begun(Attempt attempt, long since, CompletableFuture<List<Trial>> done) {

        /** The result, or that its time is over. */
        List<Trial> await() throws InterruptedException {
            long left = attempt.limit.toNanos() - (System.nanoTime() - since);
            try {
                return done.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
            } catch (TimeoutException late) {
                attempt.giveUp.run();
                return List.of(attempt.failed(
                        "no result within " + attempt.limit.toSeconds() + " s; it was given up", attempt.limit));
            } catch (ExecutionException broken) {
                throw new IllegalStateException("an attempt throws nothing", broken);
            }
        }
    }

    Begun begin() {
        CompletableFuture<List<Trial>> done = new CompletableFuture<>();
        long since = System.nanoTime();
        Thread thread = new Thread(() -> done.complete(result(since)), "tidewatch-check-" + part + "-" + name);
        thread.setDaemon(true);
        thread.start();
        return new Begun(this, since, done);
    }

    /** Even an error of ours is a result: no other trial may suffer from it. */
    @SuppressWarnings("IllegalCatch")
    private List<Trial> result(long since) {
        try {
            List<Found> found = work.find();
            return found.stream()
                    .map(one -> new Trial(
                            one.part().isEmpty() ? part : one.part(), name, one.result(), one.message(), since(since)))
                    .toList();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return List.of(failed("it was interrupted", since(since)));
        } catch (Exception | LinkageError failure) {
            return List.of(failed(message(failure), since(since)));
        }
    }

    private Trial failed(String message, Duration took) {
        return new Trial(part, name, Result.FAILED, message, took);
    }

    private static Duration since(long start) {
        return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return StrangerText.line(message == null ? failure.getClass().getSimpleName() : message);
    }
}
