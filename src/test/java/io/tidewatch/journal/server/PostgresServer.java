package io.tidewatch.journal.server;

import io.tidewatch.app.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL on loopback, with its own files. PostgreSQL does not run as root, so that a test run by root starts it as a user
 * without rights.
 */
public final class PostgresServer implements AutoCloseable {

    public static final String USER = "tidewatch";
    public static final String PASSWORD = "s3cret";
    private static final String NOBODY = "65534";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private final Path folder;
    private final Path binaries;
    private final int port;
    private @Nullable Process process;

    private PostgresServer(Path folder, Path binaries, int port) {
        this.folder = folder;
        this.binaries = binaries;
        this.port = port;
    }

    /** The server that all tests of this JVM share; it ends with the JVM. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    private static final class Shared {

        static final PostgresServer SERVER = start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }

    /** A server of its own, for a test that harms it. */
    public static PostgresServer start() {
        try {
            Path folder = Files.createTempDirectory("tidewatch-postgres-data-");
            Path password = Files.writeString(folder.resolve("password"), PASSWORD);
            PostgresServer server = new PostgresServer(folder, PostgresBinaries.unpacked(), FreePort.any());
            server.giveAway(folder, password);
            server.run(
                    "initdb",
                    "--pgdata=" + server.data(),
                    "--username=" + USER,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-sync");
            server.resume();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private void giveAway(Path... files) throws IOException {
        if (isRoot()) {
            for (Path file : files) {
                Files.setOwner(
                        file,
                        file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY));
            }
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private ProcessBuilder command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
        }
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    }

    private void run(String program, String... arguments) throws IOException {
        if (await(command(program, arguments).start()) != 0) {
            throw new IOException(program + " failed: " + log());
        }
    }

    private static int await(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return -1;
        }
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"), StandardCharsets.UTF_8);
    }

    /** Starts it again on its files, and waits until it answers. */
    public void resume() {
        try {
            process = command(
                            "postgres",
                            "-D",
                            data().toString(),
                            "-p",
                            Integer.toString(port),
                            "-c",
                            "listen_addresses=127.0.0.1",
                            "-c",
                            "unix_socket_directories=",
                            "-c",
                            "fsync=off",
                            "-c",
                            "max_connections=40")
                    .start();
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (!answers()) {
                if (!process.isAlive() || System.nanoTime() > until) {
                    throw new IOException("PostgreSQL does not start: " + log());
                }
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** Ends it at once, as a crash of its machine would. */
    public void kill() {
        Process running = process;
        if (running != null) {
            List<ProcessHandle> all = Stream.concat(running.descendants(), Stream.of(running.toHandle()))
                    .toList();
            all.forEach(ProcessHandle::destroyForcibly);
            await(running);
            all.forEach(ended -> ended.onExit().join());
            process = null;
        }
    }

    /** From now on it neither answers nor fails: the kernel accepts connections, and nobody reads from them. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("PostgreSQL does not run");
        }
        kill(
                name,
                Stream.concat(Stream.of(running.toHandle()), running.descendants())
                        .toList());
    }

    private static void kill(String signal, List<ProcessHandle> processes) {
        String pids = processes.stream().map(one -> Long.toString(one.pid())).collect(Collectors.joining(" "));
        try {
            await(new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pids).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** As its administrator. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url() + "?connectTimeout=5&socketTimeout=20", USER, PASSWORD);
    }

    /** The name of an instance that no other test has. */
    public String freshInstance() {
        return "night-" + SCHEMAS.incrementAndGet();
    }

    @Override
    public void close() {
        try {
            Process running = process;
            if (running != null) {
                thaw();
                kill("QUIT", List.of(running.toHandle()));
                await(running);
                process = null;
            }
            PostgresBinaries.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
