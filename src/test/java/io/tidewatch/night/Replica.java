package io.tidewatch.night;

import io.tidewatch.journal.server.CuttingProxy;
import io.tidewatch.journal.server.PostgresServer;
import io.tidewatch.wire.Weather;
import io.tidewatch.wire.WireProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One of several replicas: a real process with a state directory, a network and a wall clock of its own. */
final class Replica implements AutoCloseable {

    private final String name;
    private final Path folder;
    private final WireProxy wire;
    private final Optional<CuttingProxy> journal;
    private volatile ReconcilerProcess process;

    /**
     * @param name also its user agent
     * @param port of the API server
     * @param journal the port of the PostgreSQL that it shares with others, if it does
     * @param files of its configuration but for its settings
     * @param ahead how much later its wall clock is than that of this machine
     */
    Replica(String name, Path folder, int port, Optional<Integer> journal, Map<String, String> files, Duration ahead)
            throws IOException {
        this.name = name;
        this.folder = Files.createDirectories(folder.resolve(name));
        this.wire = WireProxy.start(port, Weather.FAIR);
        this.journal = journal.isPresent() ? Optional.of(new CuttingProxy(journal.get())) : Optional.empty();
        Map<String, String> all = new HashMap<>(files);
        all.put(
                "application.properties",
                "tidewatch.state.directory = " + this.folder.resolve("state")
                        + "\ntidewatch.http.address = 127.0.0.1:0\ntidewatch.leaderElection.enabled = true\n"
                        + this.journal.map(Replica::settings).orElse(""));
        for (Map.Entry<String, String> file : all.entrySet()) {
            Files.writeString(this.folder.resolve(file.getKey()), file.getValue());
        }
        FakeTime.set(clock(), ahead);
        this.process = spawned();
    }

    private static String settings(CuttingProxy journal) {
        return "tidewatch.state.jdbcUrl = jdbc:postgresql://127.0.0.1:" + journal.port()
                + "/postgres\ntidewatch.state.username = " + PostgresServer.USER + "\ntidewatch.state.password = "
                + PostgresServer.PASSWORD + "\n";
    }

    private Path clock() {
        return folder.resolve("clock");
    }

    private ReconcilerProcess spawned() {
        Map<String, String> environment = new HashMap<>(FakeTime.environment(clock()));
        environment.put(Clients.AGENT, name);
        return ReconcilerProcess.spawn(environment, ReconcilerMain.REAL_CLOCK);
    }

    String name() {
        return name;
    }

    WireProxy wire() {
        return wire;
    }

    /** Its way to the PostgreSQL. */
    CuttingProxy journal() {
        return journal.orElseThrow();
    }

    ReconcilerProcess process() {
        return process;
    }

    void start() {
        process.awaitReady();
        process.go(folder, wire.url());
    }

    /** After its death: begins to load again, for {@link #start} on the same state directory, or on an empty one as on another node. */
    void respawn(boolean elsewhere) {
        if (elsewhere) {
            Path old = folder.resolve("state");
            try {
                Files.move(old, folder.resolve("state-" + System.nanoTime()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        process = spawned();
    }

    /** Whether the Lease names it; its own identity comes first in the file, before those of the processes that were it before. */
    boolean isHolder(String holder) {
        try {
            Path identities = folder.resolve("state/identity");
            return Files.exists(identities)
                    && Files.readString(identities).lines().limit(1).anyMatch(holder::equals);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> said() {
        return process.said();
    }

    @Override
    public void close() {
        process.close();
        wire.close();
        try {
            if (journal.isPresent()) {
                journal.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
