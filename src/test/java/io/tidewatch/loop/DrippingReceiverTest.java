package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.MovedClock;
import io.tidewatch.app.RouteErrors;
import io.tidewatch.journal.QuietJournal;
import io.tidewatch.journal.SafeJournal;
import io.tidewatch.journal.content.OutboxEntry;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.loop.outbox.OutboxStage;
import io.tidewatch.loop.outbox.ReceiverBeans;
import io.tidewatch.loop.outbox.ReceiverSockets;
import io.tidewatch.model.Severity;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.definition.Receiver.Smtp;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Envelope;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.AlertMessage.Text;
import io.tidewatch.model.report.AlertMessage.Times;
import io.tidewatch.model.report.Report;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that send a byte now and then, for ever: no timeout of a single read ever ends that. */
@Timeout(120)
class DrippingReceiverTest extends CamelMainTestSupport {

    private static final Instant NIGHT = Instant.parse("2026-11-24T13:30:00Z");

    @TempDir
    private Path directory;

    private final BlockingQueue<Set<Instant>> armed = new LinkedBlockingQueue<>();
    private final BlockingQueue<Runnable> deadlines = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> opened = new LinkedBlockingQueue<>();
    private final MovedClock clock = new MovedClock(NIGHT);
    private final ReservedPort otherPort = new ReservedPort();
    private final ReceiverSockets sockets = new ReceiverSockets();
    private Drip mail;
    private Drip chat;
    private SafeJournal journal;

    /** Says a line a hundred times a second to each who connects, until that one hangs up. */
    private static final class Drip implements AutoCloseable {

        private final ServerSocket server;
        private final String first;
        private final String line;
        private final BlockingQueue<CountDownLatch> hungUp = new LinkedBlockingQueue<>();

        Drip(String first, String line) throws IOException {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            this.first = first;
            this.line = line;
            Thread thread = new Thread(this::serve, "drip");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            while (!server.isClosed()) {
                try {
                    Socket caller = server.accept();
                    Thread thread = new Thread(() -> drip(caller), "drop");
                    thread.setDaemon(true);
                    thread.start();
                } catch (IOException closed) {
                    return;
                }
            }
        }

        private void drip(Socket caller) {
            CountDownLatch gone = new CountDownLatch(1);
            hungUp.add(gone);
            try (caller) {
                OutputStream out = caller.getOutputStream();
                out.write(first.getBytes(StandardCharsets.US_ASCII));
                while (!gone.await(10, TimeUnit.MILLISECONDS)) {
                    out.write(line.getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                }
            } catch (IOException hungUp) {
                gone.countDown();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        CountDownLatch caller() throws InterruptedException {
            CountDownLatch latch = hungUp.poll(60, TimeUnit.SECONDS);
            assertThat(latch).as("somebody connected").isNotNull();
            return latch;
        }

        int port() {
            return server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    @Override
    protected Properties useOverridePropertiesWithPropertiesComponent() {
        return QuietCamel.properties();
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        configuration.withRoutesIncludePattern("file:routes/80-alerts.yaml,file:routes/90-errors.yaml");
        configuration.addConfiguration(new CamelConfiguration() {
            @Override
            public void configure(CamelContext context) throws Exception {
                bind(context.getRegistry());
            }
        });
    }

    private void bind(Registry registry) throws IOException {
        mail = new Drip("", "220-wait\r\n");
        chat = new Drip("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n", "o");
        journal = QuietJournal.open(directory, clock, Set.of());
        OutboxStage outbox =
                new OutboxStage(journal, Leadership.ALONE, this::alerting, clock, armed::add, deadlines::add, sockets);
        outbox.reportTo(new SelfIncidents() {
            @Override
            public void open(String key, String summary) {
                opened.add(key);
            }

            @Override
            public void resolve(String key, String summary) {
                opened.remove(key);
            }
        });
        registry.bind("outbox", outbox);
        ReceiverBeans.of(alerting().receivers(), sockets).forEach(registry::bind);
        registry.bind("retention", new RetentionStage(journal, clock, Duration.ofDays(90)));
        registry.bind("routeErrors", new RouteErrors(clock, () -> false));
    }

    private List<OutboxEntry> undelivered() {
        return WrittenRows.in(directory).undelivered();
    }

    @AfterEach
    void stop() throws IOException {
        mail.close();
        chat.close();
        journal.close();
    }

    private Alerting alerting() {
        return new Alerting(
                List.of(
                        new Receiver.SlackWebhook("chat", "http://127.0.0.1:" + chat.port() + "/services/x"),
                        new Receiver.SlackWebhook("other", "http://127.0.0.1:" + otherPort.number() + "/services/y"),
                        new Receiver.Email(
                                "mailbox",
                                "tidewatch@example.com",
                                List.of("oncall@example.com"),
                                new Smtp("127.0.0.1", mail.port(), false, Optional.empty(), Optional.empty()))),
                List.of(),
                List.of("chat"),
                Optional.empty());
    }

    private static AlertMessage message(String receiver) {
        return new AlertMessage(
                Envelope.id("shop/cart@1/opened/" + receiver).of("shop/cart@1").to(receiver),
                List.of(),
                Moment.OPENED,
                Severity.CRITICAL,
                Text.headline("shop/cart: 5 of 7 available").body("since 22:30"),
                Times.at(NIGHT));
    }

    /** Wakes the outbox until something is sent. */
    private Runnable nextDeadline() throws InterruptedException {
        Runnable next = null;
        for (int i = 0; i < 600 && next == null; i++) {
            template().sendBody("direct:outbox-due", "test");
            next = deadlines.poll(100, TimeUnit.MILLISECONDS);
        }
        assertThat(next).as("a delivery has a deadline").isNotNull();
        return next;
    }

    @Test
    void aMailServerThatDripsIsCutOffAndReportedAfterThreeTimes() throws Exception {
        journal.record(Report.NONE, List.of(message("mailbox")));
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(opened).isEmpty();
            Runnable deadline = nextDeadline();
            CountDownLatch hungUp = mail.caller();

            deadline.run();

            assertThat(hungUp.await(60, TimeUnit.SECONDS))
                    .as("the connection is closed")
                    .isTrue();
            assertThat(undelivered())
                    .singleElement()
                    .satisfies(waiting -> assertThat(waiting.lastFailure()).contains("came to no end within 60 s"));
            assertThat(undelivered().get(0).attempts()).isEqualTo(attempt);
            clock.moveTo(clock.instant().plus(Duration.ofMinutes(10)));
        }
        assertThat(opened).containsExactly("receiver/mailbox");
    }

    @Test
    void aWebhookThatDripsHoldsNobodyUp() throws Exception {
        try (Webhook other = Webhook.at(otherPort.free())) {
            journal.record(Report.NONE, List.of(message("chat"), message("other")));
            Runnable first = nextDeadline();
            Runnable second = nextDeadline();
            chat.caller();
            assertThat(other.awaitPosted()).isTrue();
            for (int i = 0; i < 600 && undelivered().size() > 1; i++) {
                armed.poll(100, TimeUnit.MILLISECONDS);
            }

            first.run();
            second.run();

            assertThat(undelivered())
                    .extracting(waiting -> waiting.message().receiver())
                    .containsExactly("chat");
            assertThat(undelivered().get(0).lastFailure()).contains("came to no end within 60 s");
        }
    }
}
