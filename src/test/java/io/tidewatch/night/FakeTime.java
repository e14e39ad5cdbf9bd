package io.tidewatch.night;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The wall clock of one real process, set by libfaketime; its monotonic clock stays as it is. */
final class FakeTime {

    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"));

    private FakeTime() {}

    /** From now on the clock of this file shows the time of this machine and so much more. */
    static void set(Path clock, Duration ahead) throws IOException {
        Path written = Files.writeString(
                clock.resolveSibling(clock.getFileName() + ".new"), "%+d%n".formatted(ahead.toSeconds()));
        Files.move(written, clock, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Of a process whose clock is that of the file. */
    static Map<String, String> environment(Path clock) {
        Path library = LIBRARIES.stream()
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("none of " + LIBRARIES + " is there; install libfaketime"));
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                clock.toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Its fix is for a C library that forgot how a condition counts; in a JVM it lets each timed wait end
                // at once.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0",
                "NO_FAKE_STAT",
                "1");
    }
}
