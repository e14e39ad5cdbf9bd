package io.tidewatch.app.trial;

import io.tidewatch.alert.Delivery;
import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.definition.Receiver.Email;
import io.tidewatch.model.definition.Receiver.SlackWebhook;
import io.tidewatch.model.definition.Receiver.Smtp;
import io.tidewatch.model.definition.SecretText;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Properties;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Reaches a receiver as far as nobody is sent anything. */
final class ReceiverTrial {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private ReceiverTrial() {}

    /**
     * @return what was reached
     * @throws IOException with a message without secrets
     */
    static String of(Receiver receiver) throws IOException {
        try {
            return receiver instanceof Email email ? mail(email) : webhook((SlackWebhook) receiver);
        } catch (IOException failed) {
            throw new IOException(Delivery.withoutSecrets(receiver, Delivery.line(text(failed))), failed);
        }
    }

    /** Connects, begins TLS where that is configured, logs in, and asks for nothing. */
    private static String mail(Email receiver) throws IOException {
        Smtp smtp = receiver.smtp();
        Properties properties = new Properties();
        Delivery.mailOptions(receiver).forEach(properties::setProperty);
        String scheme = Delivery.mailScheme(receiver);
        properties.setProperty("mail." + scheme + ".connectiontimeout", Integer.toString(TIMEOUT_MILLIS));
        properties.setProperty("mail." + scheme + ".timeout", Integer.toString(TIMEOUT_MILLIS));
        properties.setProperty(
                "mail." + scheme + ".auth", Boolean.toString(smtp.username().isPresent()));
        try (Transport transport = Session.getInstance(properties).getTransport(scheme)) {
            transport.connect(
                    smtp.host(),
                    smtp.port(),
                    smtp.username().orElse(null),
                    smtp.password().map(SecretText::get).orElse(null));
            if (!transport.isConnected()) {
                throw new IOException(smtp + ": the login was accepted, and NOOP was not answered");
            }
        } catch (MessagingException failed) {
            throw new IOException(smtp + ": " + text(failed), failed);
        }
        return smtp + ": connected"
                + (scheme.equals("smtps") ? " with TLS" : smtp.startTls() ? ", STARTTLS" : ", not encrypted")
                + smtp.username().map(name -> ", logged in as " + name).orElse(", no login") + "; no mail was sent";
    }

    private static String webhook(SlackWebhook receiver) throws IOException {
        URI url = URI.create(receiver.webhookUrl().get());
        boolean encrypted = "https".equals(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : encrypted ? HTTPS : HTTP;
        String place = url.getHost() + ":" + port;
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(url.getHost(), port), TIMEOUT_MILLIS);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            if (encrypted) {
                handshake(plain, url.getHost(), port);
            }
        } catch (IOException failed) {
            throw new IOException(place + ": " + text(failed), failed);
        }
        return place + ": connected" + (encrypted ? " with TLS" : ", not encrypted")
                + "; whether the webhook is valid shows the first message";
    }

    private static void handshake(Socket plain, String host, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
        }
    }

    /** The JDK's messages of some network errors are nothing but the name. */
    private static String text(Exception failed) {
        String message = failed.getMessage() == null ? "" : failed.getMessage();
        return failed instanceof UnknownHostException
                ? "no such host: " + message
                : message.isEmpty() ? failed.getClass().getSimpleName() : message;
    }
}
