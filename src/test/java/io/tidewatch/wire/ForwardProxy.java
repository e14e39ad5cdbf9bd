package io.tidewatch.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy on loopback: tunnels, and requests in absolute form; asks for a login where it has one. */
public final class ForwardProxy implements AutoCloseable {

    private final ServerSocket socket;
    private final Optional<String> login;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private ForwardProxy(ServerSocket socket, Optional<String> login) {
        this.socket = socket;
        this.login = login;
    }

    /** @param login {@code user:password}, or empty: nobody is asked */
    public static ForwardProxy start(String login) {
        try {
            ForwardProxy proxy = new ForwardProxy(
                    new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                    Optional.of(login)
                            .filter(text -> !text.isEmpty())
                            .map(text -> "Basic "
                                    + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
            run(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** The request lines that were let through. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException ended) {
                // one of the two has closed; the other sees it
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (!socket.isClosed()) {
            Socket client = socket.accept();
            if (socket.isClosed()) {
                client.close(); // who waits in accept when it is closed may still be given one
                return;
            }
            open.add(client);
            run(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        while (true) {
            String head = head(in);
            if (head.isEmpty()) {
                client.close();
                return;
            }
            boolean known = login.isEmpty()
                    || head.toLowerCase(Locale.ROOT)
                            .contains("proxy-authorization: " + login.get().toLowerCase(Locale.ROOT));
            if (!known) {
                client.getOutputStream()
                        .write(
                                ("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\n"
                                                + "Content-Length: 0\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
                continue;
            }
            String first = head.substring(0, head.indexOf("\r\n"));
            asked.add(first);
            forward(client, first, head);
            return;
        }
    }

    private void forward(Socket client, String first, String head) throws IOException {
        boolean tunnel = first.toUpperCase(Locale.ROOT).startsWith("CONNECT");
        String target = first.split(" ")[1];
        URI uri = URI.create(tunnel ? "http://" + target : target);
        Socket server = new Socket(uri.getHost(), uri.getPort());
        open.add(server);
        if (tunnel) {
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } else {
            server.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        }
        run(() -> copy(server, client));
        copy(client, server);
    }

    private static void copy(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0) {
                return "";
            }
            head.append((char) read);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket one : open) {
            one.close();
        }
    }
}
