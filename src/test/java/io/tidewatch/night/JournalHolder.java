package io.tidewatch.night;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Another process that holds the lock of a journal until it is closed, as a backup that hangs would. */
final class JournalHolder implements AutoCloseable {

    private final Process process;

    private JournalHolder(Process process) {
        this.process = process;
    }

    /** Returns when the journal is locked. */
    static JournalHolder lock(Path journal) {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            JournalHolder.class.getName(),
                            journal.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            int first = process.getInputStream().read();
            if (first < 0) {
                throw new IllegalStateException("the holder of " + journal + " ended");
            }
            return new JournalHolder(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Locks the journal that it is given, says so, and waits until its input ends. */
    public static void main(String[] arguments) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 20000");
            statement.execute("BEGIN IMMEDIATE");
            System.out.println("locked");
            System.out.flush();
            while (System.in.read() >= 0) {
                // until the end
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
