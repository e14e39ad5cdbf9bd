package io.tidewatch.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The opened connections, files and threads, which are closed in reverse order. All are closed even if some throw. The first
 * failure is thrown at the end, with the others as suppressed.
 */
final class Edges implements AutoCloseable {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** Registers it to be closed with the others. */
    <T extends AutoCloseable> T add(T edge) {
        opened.push(edge);
        return edge;
    }

    /** @throws IllegalStateException if at least one did not close */
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
