package io.tidewatch.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Remotes that never come to an end: a pull that is ended from outside ends, wherever it waits. */
class EndedPullTest {

    private static final String HEADER = "HTTP/1.1 200 OK\r\n"
            + "Content-Type: application/x-git-upload-pack-advertisement\r\nContent-Length: 100000000\r\n\r\n";
    private static final String LINE = "001e# service=git-upload-pack\n0000";

    @TempDir
    Path folder;

    @Test
    void oneThatSendsNothing() throws Exception {
        endsAfter("");
    }

    @Test
    void oneThatStopsInTheMiddleOfItsHeader() throws Exception {
        endsAfter("HTTP/1.1 200 OK\r\nContent-Ty");
    }

    @Test
    void oneThatStopsInTheMiddleOfItsAnswer() throws Exception {
        endsAfter(HEADER + LINE);
    }

    /** It says something every now and then, so no time limit of a single read ever counts. */
    @Test
    void oneThatDrips() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            CountDownLatch reading = new CountDownLatch(1);
            CountDownLatch enough = new CountDownLatch(1);
            Thread dripping = new Thread(() -> {
                try (Socket socket = server.accept()) {
                    OutputStream out = socket.getOutputStream();
                    out.write((HEADER + LINE).getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    reading.countDown();
                    while (!enough.await(20, TimeUnit.MILLISECONDS)) {
                        out.write('0');
                        out.flush();
                    }
                } catch (IOException | InterruptedException closed) {
                    // the other side has gone, as it must
                }
            });
            dripping.start();
            endsOnce(server, reading);
            enough.countDown();
            dripping.join();
        }
    }

    private void endsAfter(String said) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            CountDownLatch reading = new CountDownLatch(1);
            CountDownLatch over = new CountDownLatch(1);
            Thread silent = new Thread(() -> {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().read();
                    socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().flush();
                    reading.countDown();
                    over.await();
                } catch (IOException | InterruptedException closed) {
                    // the other side has gone, as it must
                }
            });
            silent.start();
            endsOnce(server, reading);
            over.countDown();
            silent.join();
        }
    }

    private void endsOnce(ServerSocket server, CountDownLatch reading) throws Exception {
        GitSource source = new GitSource(
                "evil",
                "http://127.0.0.1:" + server.getLocalPort() + "/a.git",
                "main",
                "",
                Access.OPEN,
                folder.resolve("mirror"),
                TextBudget.ofThisProcess());
        PullAttempt attempt = new PullAttempt();
        CompletableFuture<Optional<?>> pulling =
                CompletableFuture.supplyAsync(() -> source.pull(attempt, CommitGate.OPEN));
        assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();
        server.close();

        attempt.end();

        assertThatThrownBy(() -> pulling.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(GitException.PullEnded.class);
    }
}
