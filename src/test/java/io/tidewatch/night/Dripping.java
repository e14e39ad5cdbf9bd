package io.tidewatch.night;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that takes every connection and never comes to an end: it says little, ever again, or nothing. */
final class Dripping implements AutoCloseable {

    private final ServerSocket listener;
    private final byte[] first;
    private final byte[] again;
    private final long everyMillis;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Dripping(String first, String again, long everyMillis) {
        this.first = first.getBytes(StandardCharsets.US_ASCII);
        this.again = again.getBytes(StandardCharsets.US_ASCII);
        this.everyMillis = everyMillis;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        started(this::listen);
    }

    /** An answer to a Git client that goes on for ever. */
    static Dripping http() {
        return new Dripping(
                "HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\n\r\n", "0", 2_000);
    }

    /** A greeting of a mail server that goes on for ever. */
    static Dripping smtp() {
        return new Dripping("", "220-one moment\r\n", 2_000);
    }

    /** Never says a word. */
    static Dripping silent() {
        return new Dripping("", "", 2_000);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How many there were. */
    int connections() {
        return connections.get();
    }

    private void listen() {
        try {
            while (true) {
                Socket socket = listener.accept();
                open.add(socket);
                connections.incrementAndGet();
                started(() -> drip(socket));
            }
        } catch (IOException ended) {
            // closed
        }
    }

    private void drip(Socket socket) {
        try (socket) {
            OutputStream out = socket.getOutputStream();
            out.write(first);
            out.flush();
            while (!closed.await(everyMillis, TimeUnit.MILLISECONDS)) {
                out.write(again);
                out.flush();
            }
        } catch (IOException gone) {
            // the other side has had enough
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void started(Runnable task) {
        Thread thread = new Thread(task, "dripping");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
