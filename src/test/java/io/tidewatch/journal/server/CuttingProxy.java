package io.tidewatch.journal.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a client and a server on loopback. It cuts their connections after so many bytes of answers, lets nothing through for a
 * while, or is not there for a while.
 */
public final class CuttingProxy implements AutoCloseable {

    private static final Duration THAW = Duration.ofMillis(20);

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private final AtomicLong answered = new AtomicLong();

    /** Bytes that still come through to the client. */
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);

    private volatile boolean frozen;
    private volatile boolean away;

    public CuttingProxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        run(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Bytes of answers until now. */
    public long answered() {
        return answered.get();
    }

    /** After so many more bytes of answers, all connections that are open then are cut; later ones work. */
    public void cutAfter(long bytes) {
        left.set(bytes);
    }

    /** Whether bytes stay where they are, in both directions, and go on when this ends. */
    public void freeze(boolean freeze) {
        frozen = freeze;
    }

    /** Whether all connections are cut, and new ones too. */
    public void beAway(boolean gone) throws IOException {
        away = gone;
        if (gone) {
            cut();
        }
    }

    private interface Work {
        void perform() throws IOException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.perform();
                    } catch (IOException closed) {
                        return;
                    }
                },
                "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            run(() -> connect(client));
        }
    }

    private void connect(Socket client) throws IOException {
        if (away) {
            client.close();
            return;
        }
        open.add(client);
        try {
            Socket behind = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(behind);
            run(() -> copy(client, behind, false));
            run(() -> copy(behind, client, true));
        } catch (IOException nobodyThere) {
            open.remove(client);
            client.close();
        }
    }

    private void waitForThaw() {
        while (frozen && !server.isClosed()) {
            LockSupport.parkNanos(THAW.toNanos());
        }
    }

    private void copy(Socket from, Socket to, boolean answers) throws IOException {
        byte[] buffer = new byte[8_192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (answers && isCut(read)) {
                    left.set(Long.MAX_VALUE);
                    cut();
                    return;
                }
                waitForThaw();
                out.write(buffer, 0, read);
            }
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private boolean isCut(int read) {
        answered.addAndGet(read);
        return left.addAndGet(-read) < 0;
    }

    private void cut() throws IOException {
        for (Socket socket : Set.copyOf(open)) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
