package io.tidewatch.loop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server on loopback that takes a login and a message only after STARTTLS. It serves one connection after the other. */
final class TlsMailServer implements AutoCloseable {

    private static final String PLAIN = "AUTH PLAIN ";
    private static final String LOGIN = "\0tidewatch\0s3cret";

    private final SSLContext tls;
    private final ServerSocket server;
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();

    TlsMailServer(SSLContext tls) {
        this.tls = tls;
        try {
            this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "tls-mail");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** The commands, with {@code TLS} in front of those that came encrypted. */
    List<String> said() {
        return List.copyOf(said);
    }

    /** The text of each message that was taken. */
    List<String> mails() {
        return List.copyOf(mails);
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket plain = server.accept()) {
                if (answer(plain, "", "220 mail.example.com")) {
                    SSLSocket encrypted = (SSLSocket) tls.getSocketFactory()
                            .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
                    encrypted.setUseClientMode(false);
                    answer(encrypted, "TLS ", "");
                }
            } catch (IOException hungUp) {
                said.add("hung up");
            }
        }
    }

    /** @return whether TLS is to begin now */
    private boolean answer(Socket socket, String how, String greeting) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        if (!greeting.isEmpty()) {
            say(socket, greeting);
        }
        boolean encrypted = !how.isEmpty();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String command = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
            said.add(how + command);
            switch (command) {
                case "EHLO" -> say(socket, encrypted ? "250-mail\r\n250 AUTH PLAIN" : "250-mail\r\n250 STARTTLS");
                case "STARTTLS" -> {
                    say(socket, "220 go ahead");
                    return true;
                }
                case "AUTH" -> say(socket, encrypted && isLogin(line) ? "235 welcome" : "535 rejected");
                case "DATA" -> {
                    say(socket, "354 go ahead");
                    mails.add(message(in));
                    say(socket, "250 taken");
                }
                case "QUIT" -> {
                    say(socket, "221 bye");
                    return false;
                }
                default -> say(socket, encrypted ? "250 ok" : "530 STARTTLS first");
            }
        }
        return false;
    }

    /** Whoever logs in may name themself in front of it too. */
    private static boolean isLogin(String line) {
        return line.startsWith(PLAIN)
                && new String(Base64.getDecoder().decode(line.substring(PLAIN.length())), StandardCharsets.UTF_8)
                        .endsWith(LOGIN);
    }

    private static String message(BufferedReader in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
