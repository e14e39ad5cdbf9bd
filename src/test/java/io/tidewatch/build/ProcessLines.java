package io.tidewatch.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a process prints. */
final class ProcessLines {

    static final Duration PATIENCE = Duration.ofMinutes(3);

    private ProcessLines() {}

    /** Up to a line that holds a text. */
    static List<String> until(String text, Process process) throws InterruptedException {
        List<String> lines = new CopyOnWriteArrayList<>();
        CompletableFuture<Boolean> found = CompletableFuture.supplyAsync(() -> read(process, text, lines));
        try {
            assertThat(found.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(() -> String.join("\n", lines))
                    .isTrue();
            return lines;
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError(String.join("\n", lines), e);
        }
    }

    private static boolean read(Process process, String text, List<String> lines) {
        BufferedReader reader = process.inputReader();
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                if (line.contains(text)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
