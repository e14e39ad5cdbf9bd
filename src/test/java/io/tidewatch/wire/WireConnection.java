package io.tidewatch.wire;

import io.tidewatch.wire.HttpStream.Head;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One client's connection, with one of its own to the server; requests on it come one after the other. */
final class WireConnection {

    private static final int DRIP = 512;

    /** Of a watch that is to end in the middle of a message. */
    private static final int TRUNCATED = 700;

    /**
     * Where a web socket was refused, fabric8 watches over plain HTTP. Of that the playground answers what is new and an end;
     * we hold it open until there is something new.
     */
    private static final Duration NEWS = Duration.ofMillis(50);

    private final Socket client;
    private final int port;
    private final Noted noted;
    private final Supplier<Weather> weather;
    private final BooleanSupplier frozen;
    private volatile Optional<Socket> server = Optional.empty();
    private volatile Optional<WireRequest> watch = Optional.empty();

    /** Numbers a request. */
    interface Noted {
        WireRequest note(String method, String target, boolean upgrade);
    }

    /** @param frozen whether watches get nothing through, in neither direction, while plain requests do */
    WireConnection(Socket client, int port, Noted noted, Supplier<Weather> weather, BooleanSupplier frozen) {
        this.client = client;
        this.port = port;
        this.noted = noted;
        this.weather = weather;
        this.frozen = frozen;
    }

    /** The watch that is open on it now. */
    Optional<WireRequest> watch() {
        return watch;
    }

    void serve() {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            HttpStream asked = new HttpStream(in);
            Optional<Head> head = asked.head();
            while (head.isPresent() && exchange(head.get(), asked.body(head.get()), in)) {
                head = asked.head();
            }
        } catch (IOException gone) {
            // one of the two ends went away: so does the other
        } finally {
            server.ifPresent(WireConnection::close);
        }
    }

    /** @return whether another request may follow */
    private boolean exchange(Head head, byte[] body, InputStream in) throws IOException {
        String[] words = head.firstLine().split(" ", 3);
        boolean upgrade = head.header("Upgrade").isPresent();
        WireRequest request = noted.note(words[0], words[1], upgrade);
        if (request.isWatch()) {
            waitForThaw();
        }
        Fate before = weather.get().before(request);
        pause(before.pause());
        if (before.kind() == Fate.Kind.ANSWER) {
            client.getOutputStream().write(answer(before));
            client.getOutputStream().flush();
            return true;
        }
        if (before.kind() == Fate.Kind.RESET) {
            reset();
            return false;
        }
        if (before.kind() != Fate.Kind.PASS) {
            return false;
        }
        return forward(request, head, body, in);
    }

    private boolean forward(WireRequest request, Head head, byte[] body, InputStream in) throws IOException {
        Socket there = connected();
        OutputStream out = there.getOutputStream();
        out.write(head.bytes());
        out.write(body);
        out.flush();
        HttpStream answered = new HttpStream(there.getInputStream());
        Head answer = answered.head().orElseThrow(() -> new IOException("no answer"));
        if (answer.status() == 101) {
            Fate after = weather.get().after(request);
            pause(after.pause());
            return switch (after.kind()) {
                case PASS, DRIP -> tunnel(request, answer, in, there, Integer.MAX_VALUE);
                case HALF -> tunnel(request, answer, in, there, TRUNCATED);
                default -> ended(after);
            };
        }
        byte[] content = answered.body(answer);
        while (request.isWatch() && content.length == 0 && answer.status() == 200 && !client.isClosed()) {
            watch = Optional.of(request);
            pause(NEWS);
            out.write(head.bytes());
            out.flush();
            answer = answered.head().orElseThrow(() -> new IOException("no answer"));
            content = answered.body(answer);
        }
        watch = Optional.empty();
        Fate after = weather.get().after(request);
        pause(after.pause());
        OutputStream back = client.getOutputStream();
        switch (after.kind()) {
            case PASS -> {
                back.write(answer.bytes());
                back.write(content);
            }
            case ANSWER -> back.write(answer(after));
            case HALF -> {
                back.write(answer.bytes());
                back.write(Arrays.copyOf(content, content.length / 2));
                back.flush();
                return false;
            }
            case DRIP -> drip(back, joined(answer.bytes(), content), after.pause());
            default -> {
                return ended(after);
            }
        }
        back.flush();
        return true;
    }

    private boolean ended(Fate fate) {
        if (fate.kind() == Fate.Kind.RESET) {
            reset();
        }
        return false;
    }

    private Socket connected() throws IOException {
        if (server.isEmpty()) {
            Socket opened = new Socket(InetAddress.getLoopbackAddress(), port);
            opened.setTcpNoDelay(true);
            server = Optional.of(opened);
        }
        return server.get();
    }

    /** Until one of the two ends it, or the client has got so many bytes. */
    private boolean tunnel(WireRequest request, Head answer, InputStream in, Socket there, int most)
            throws IOException {
        OutputStream back = client.getOutputStream();
        back.write(answer.bytes());
        back.flush();
        watch = Optional.of(request);
        WireProxy.daemon("wire-tunnel", () -> {
            try {
                copy(in, there.getOutputStream(), Integer.MAX_VALUE);
            } catch (IOException gone) {
                // the client went away
            } finally {
                close(there);
            }
        });
        copy(there.getInputStream(), back, most);
        return false;
    }

    private void waitForThaw() {
        while (frozen.getAsBoolean() && !client.isClosed()) {
            pause(NEWS);
        }
    }

    private void copy(InputStream from, OutputStream to, int most) throws IOException {
        byte[] buffer = new byte[8192];
        int left = most;
        int read = from.read(buffer, 0, Math.min(buffer.length, left));
        while (read > 0) {
            waitForThaw();
            to.write(buffer, 0, read);
            to.flush();
            left -= read;
            read = left == 0 ? -1 : from.read(buffer, 0, Math.min(buffer.length, left));
        }
    }

    private static void drip(OutputStream to, byte[] bytes, Duration pause) throws IOException {
        for (int at = 0; at < bytes.length; at += DRIP) {
            to.write(bytes, at, Math.min(DRIP, bytes.length - at));
            to.flush();
            pause(pause);
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] answer(Fate fate) {
        String status = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":" + fate.code()
                + ",\"message\":\"the weather wants it so\"}";
        return ("HTTP/1.1 " + fate.code() + " Weather\r\nContent-Type: application/json\r\nContent-Length: "
                        + status.length() + "\r\n"
                        + fate.retryAfter()
                                .map(after -> "Retry-After: " + after.toSeconds() + "\r\n")
                                .orElse("")
                        + "\r\n" + status)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Both ends see their connection reset. */
    void reset() {
        try {
            client.setSoLinger(true, 0);
        } catch (IOException closedAlready) {
            // nothing to reset
        }
        close(client);
        server.ifPresent(WireConnection::close);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedAlready) {
            // it is closed
        }
    }

    private static void pause(Duration pause) {
        if (!pause.isZero()) {
            LockSupport.parkNanos(pause.toNanos());
        }
    }
}
