package io.tidewatch.playground;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** A mail server that keeps what it is sent. */
public final class MailInbox implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    /** GreenMail's own two seconds are too short for a machine that is busy. */
    private static final long START_MILLIS = 60_000;

    private final GreenMail server;

    private MailInbox(GreenMail server) {
        this.server = server;
    }

    public static MailInbox start() {
        ServerSetup anyPort = new ServerSetup(0, LOOPBACK, ServerSetup.PROTOCOL_SMTP);
        anyPort.setServerStartupTimeout(START_MILLIS);
        GreenMail server = new GreenMail(anyPort);
        server.start();
        return new MailInbox(server);
    }

    public String host() {
        return LOOPBACK;
    }

    public int port() {
        return server.getSmtp().getPort();
    }

    /** What arrived, in order. */
    public List<Mail> mails() {
        return Arrays.stream(server.getReceivedMessages()).map(MailInbox::mail).toList();
    }

    private static Mail mail(MimeMessage message) {
        try {
            return new Mail(
                    String.valueOf(message.getSubject()),
                    String.valueOf(message.getContent()),
                    String.valueOf(message.getMessageID()),
                    String.valueOf(message.getHeader("In-Reply-To", ",")));
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("a mail that arrived cannot be read", e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }

    /** A mail as its reader sees it. */
    public record Mail(String subject, String text, String id, String inReplyTo) {}
}
