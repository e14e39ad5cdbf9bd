package io.tidewatch.night;

import io.tidewatch.playground.clock.PlaygroundClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A reconciler in a process of its own, which can be killed for real. */
final class ReconcilerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    /** By their first word, for several threads may wait, each for its own. */
    private final ConcurrentMap<String, BlockingQueue<String>> done = new ConcurrentHashMap<>();

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();

    private ReconcilerProcess(Process process) {
        this.process = process;
        reading("reconciler-says", process.getInputStream(), this::hear);
        reading("reconciler-logs", process.getErrorStream(), errors::add);
    }

    /**
     * Begins to load; what it is told to do comes later.
     *
     * @param arguments those of {@link ReconcilerMain#main}
     */
    static ReconcilerProcess spawn(String... arguments) {
        return spawn(Map.of(), arguments);
    }

    /** The same, with more in its environment. */
    static ReconcilerProcess spawn(Map<String, String> environment, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xmx256m",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ReconcilerMain.class.getName());
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(environment);
        try {
            return new ReconcilerProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitReady() {
        await("ready");
    }

    /** Starts the application; returns once its routes run. */
    void go(Path configuration, String api, PlaygroundClock clock) {
        time(clock);
        go(configuration, api);
    }

    /** The same, with the time that it has already. */
    void go(Path configuration, String api) {
        tell("go " + configuration + " " + api);
        await("started");
    }

    /** Says what time it is; from then on its time goes on as all time does. */
    void time(Instant now) {
        tell("time " + Instant.now() + " " + now + " 1");
        await("heard");
    }

    /** From its next pull on, whatever is pulled from this address spins inside JGit for ever. */
    void spinAt(String url) {
        tell("spin " + url);
        await("spinning");
    }

    /** Waits until one more pull spins. */
    void awaitSpin() {
        await("spins");
    }

    /** Waits until one more pull was interrupted while it spun, and spins on. */
    void awaitInterruptInVain() {
        await("interrupted");
    }

    /** Says what time it is, and how fast that goes on. */
    void time(PlaygroundClock clock) {
        tell("time " + Instant.now() + " " + clock.instant() + " " + clock.speed());
        await("heard");
    }

    /** How its targets stood at its last look. */
    String look() {
        tell("look");
        return await("looked");
    }

    /** Ends the application, not the process. */
    void stop() {
        tell("stop");
        await("stopped");
    }

    /** What it said and logged until now is nobody's any more. */
    void forget() {
        said.clear();
        errors.clear();
    }

    /** Sends it a signal, such as STOP or CONT. */
    void signal(String name) {
        try {
            int answer = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (answer != 0) {
                throw new IllegalStateException("kill -" + name + " answers " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGKILL; returns when it is dead. */
    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("a killed process lives");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How it ended, once it has. */
    int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("it lives on; it said " + said + " and logged " + errors);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Its diary. */
    List<String> said() {
        return List.copyOf(said);
    }

    /** What it logged. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    private void hear(String line) {
        if (line.startsWith("said ")) {
            said.add(line.substring("said ".length()));
        } else {
            answers(line.split(" ", 2)[0]).add(line);
        }
    }

    private BlockingQueue<String> answers(String word) {
        return done.computeIfAbsent(word, any -> new LinkedBlockingQueue<>());
    }

    private synchronized void tell(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException killed) {
            // it was killed meanwhile; who waits for its answer notices
        }
    }

    /** A process that was killed never answers, and nobody needs it to. */
    private String await(String word) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (process.isAlive()) {
                String heard = answers(word).poll(50, TimeUnit.MILLISECONDS);
                if (heard != null) {
                    return heard;
                }
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("not " + word + " after " + PATIENCE + "; it logged " + errors);
                }
            }
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void reading(String name, InputStream from, Consumer<String> to) {
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader lines =
                            new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                        String line = lines.readLine();
                        while (line != null) {
                            to.accept(line);
                            line = lines.readLine();
                        }
                    } catch (IOException killed) {
                        // its pipe ends with it
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        kill();
    }
}
