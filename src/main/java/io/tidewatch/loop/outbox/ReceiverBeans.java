package io.tidewatch.loop.outbox;

import com.google.gson.Gson;
import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.webhook.WebhookResponse;
import io.tidewatch.alert.Delivery;
import io.tidewatch.loop.DaemonThread;
import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.definition.SecretText;
import jakarta.mail.PasswordAuthentication;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.component.mail.MailAuthenticator;
import org.apache.camel.component.mail.MailComponent;
import org.apache.camel.component.mail.MailEndpoint;
import org.apache.camel.component.slack.SlackComponent;
import org.apache.camel.component.slack.SlackEndpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultProducer;

/**
 * The beans that hold the secrets of receivers, by the names that addresses refer to. A secret that stands in an
 * address, or is a text in the registry, is cut at {@code &}, resolved at <code>{{</code>, and logged by Camel as it is set.
 */
public final class ReceiverBeans {

    /** The pool that messages are sent by. */
    private static final String POOL = "deliveries";

    /** Threads for each receiver: a thread that sends, and two threads that were given up at their deadlines. */
    private static final int THREADS = 3;

    private static final int QUEUE = 1_000;
    private static final int IDLE_SECONDS = 60;

    /** The time limit of a whole call to a webhook, from connecting to the last byte of the answer. */
    private static final int CALL_MILLIS = 50_000;

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int OK = 200;
    private static final int REDIRECTS = 300;

    private ReceiverBeans() {}

    /** To be bound before the first message is sent. No connection is ever cut. */
    public static Map<String, Object> of(List<Receiver> receivers) {
        return of(receivers, new ReceiverSockets());
    }

    /** @param sockets where connections to mail servers are registered */
    public static Map<String, Object> of(List<Receiver> receivers, ReceiverSockets sockets) {
        Map<String, Object> beans = new HashMap<>();
        beans.put(POOL, pool(THREADS * Math.max(1, receivers.size())));
        Map<String, String> names = new HashMap<>();
        receivers.forEach(receiver -> names.put(Delivery.beanName(receiver), receiver.name()));
        beans.put("smtp", new WatchedMail(names, sockets));
        beans.put("smtps", new WatchedMail(names, sockets));
        for (Receiver receiver : receivers) {
            if (receiver instanceof Receiver.SlackWebhook slack) {
                beans.put(Delivery.beanName(slack), new Webhook(slack.webhookUrl()));
            } else if (receiver instanceof Receiver.Email email) {
                email.smtp()
                        .username()
                        .ifPresent(name -> beans.put(
                                Delivery.beanName(email),
                                new MailLogin(name, email.smtp().password().orElse(SecretText.of("")))));
            }
        }
        return beans;
    }

    private static ExecutorService pool(int threads) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                task -> DaemonThread.of(task, "tidewatch-delivery-" + number.incrementAndGet()));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Makes its connections where another thread can close them. The annotation lets Camel find the class that sets its options. */
    @Component("imap,imaps,pop3,pop3s,smtp,smtps")
    private static final class WatchedMail extends MailComponent {

        private final Map<String, String> names;
        private final ReceiverSockets sockets;

        WatchedMail(Map<String, String> names, ReceiverSockets sockets) {
            this.names = Map.copyOf(names);
            this.sockets = sockets;
        }

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
                throws Exception {
            MailEndpoint endpoint = (MailEndpoint) super.createEndpoint(uri, remaining, parameters);
            Properties properties = endpoint.getConfiguration().getAdditionalJavaMailProperties();
            String receiver = names.get(String.valueOf(properties.remove(Delivery.MAIL_RECEIVER)));
            if (receiver != null) {
                properties.put("mail.smtp.socketFactory", sockets.plain(receiver));
                properties.put("mail.smtp.socketFactory.fallback", "false");
                properties.put("mail.smtps.ssl.socketFactory", sockets.encrypted(receiver));
                properties.put("mail.smtps.socketFactory.fallback", "false");
            }
            return endpoint;
        }
    }

    /** Asks for the password at each connection. */
    private static final class MailLogin extends MailAuthenticator {

        private final String username;
        private final SecretText password;

        MailLogin(String username, SecretText password) {
            this.username = username;
            this.password = password;
        }

        @Override
        public PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(username, password.get());
        }
    }

    /** A webhook belongs to a channel. A webhook of the older kind would follow the name of another channel that the component sends along. */
    private static final class Webhook extends SlackComponent {

        private final SecretText url;

        Webhook(SecretText url) {
            this.url = url;
        }

        @Override
        protected Endpoint createEndpoint(String uri, String channelName, Map<String, Object> parameters) {
            SlackEndpoint endpoint = new SlackEndpoint(uri, channelName, this) {
                @Override
                public Producer createProducer() {
                    return new BoundedCall(this, url);
                }
            };
            endpoint.setChannel(null);
            return endpoint;
        }
    }

    /** Sends as Camel's own producer does, within a time that the server cannot extend: Camel's has timeouts of single reads only. */
    private static final class BoundedCall extends DefaultProducer {

        private static final Gson GSON = new Gson();

        private final SecretText url;
        private final Slack slack;

        BoundedCall(SlackEndpoint endpoint, SecretText url) {
            super(endpoint);
            this.url = url;
            SlackConfig config = new SlackConfig();
            config.setHttpClientCallTimeoutMillis(CALL_MILLIS);
            config.setHttpClientReadTimeoutMillis(TIMEOUT_MILLIS);
            config.setHttpClientWriteTimeoutMillis(TIMEOUT_MILLIS);
            this.slack = Slack.getInstance(config);
        }

        @Override
        public void process(Exchange exchange) throws Exception {
            String text = exchange.getMessage().getBody(String.class);
            WebhookResponse answer = slack.send(url.get(), GSON.toJson(Map.of("text", text)));
            if (answer.getCode() < OK || answer.getCode() >= REDIRECTS) {
                throw new IOException("the webhook answered " + answer.getCode() + ": " + answer.getBody());
            }
        }

        @Override
        protected void doStop() throws Exception {
            slack.close();
            super.doStop();
        }
    }
}
