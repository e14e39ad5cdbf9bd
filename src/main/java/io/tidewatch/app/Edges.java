package io.tidewatch.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What was opened and must be closed again, the last one first. Each is closed, whatever another one throws; the first
 * failure is thrown once all are, with the others in it.
 */
final class Edges implements AutoCloseable {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** Closes it with all others. */
    <T extends AutoCloseable> T add(T edge) {
        opened.push(edge);
        return edge;
    }

    /** @throws IllegalStateException where at least one did not close */
    @Override
    public void close() {
        @Nullable IllegalStateException failed = null;
        while (!opened.isEmpty()) {
            AutoCloseable edge = opened.pop();
            try {
                edge.close();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                failed = and(failed, stopped);
            } catch (Exception | Error thrown) {
                failed = and(failed, thrown);
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    private static IllegalStateException and(@Nullable IllegalStateException first, Throwable thrown) {
        if (first == null) {
            return new IllegalStateException("something did not close: " + thrown, thrown);
        }
        first.addSuppressed(thrown);
        return first;
    }
}
