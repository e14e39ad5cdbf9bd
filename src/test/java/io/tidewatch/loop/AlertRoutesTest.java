package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tidewatch.MovedClock;
import io.tidewatch.alert.DeliveryBackoff;
import io.tidewatch.app.RouteErrors;
import io.tidewatch.journal.QuietJournal;
import io.tidewatch.journal.SafeJournal;
import io.tidewatch.journal.content.OutboxEntry;
import io.tidewatch.journal.content.Records;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.loop.outbox.OutboxStage;
import io.tidewatch.loop.outbox.ReceiverBeans;
import io.tidewatch.model.Severity;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.definition.Receiver.Smtp;
import io.tidewatch.model.definition.SecretText;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Envelope;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.AlertMessage.Text;
import io.tidewatch.model.report.AlertMessage.Times;
import io.tidewatch.model.report.Report;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The routes as they are shipped, over the real Slack and mail components, against servers that fail: nothing is lost, nothing
 * is told twice, no secret is told at all.
 */
@Timeout(120)
class AlertRoutesTest extends CamelMainTestSupport {

    private static final Instant NIGHT = Instant.parse("2026-11-24T13:30:00Z");
    private static final String USER = "tide@example.com";
    private static final String PASSWORD = "p+a &ss%41)}&rd={{x}}#?${y}";
    private static final String SECRET_PATH = "/services/T0;B(0)/x'~!$*+@:,=?a=b&c=%7B%7Bd%7D%7D&password=%25)";

    @TempDir
    private Path directory;

    private final BlockingQueue<Set<Instant>> armed = new LinkedBlockingQueue<>();
    private final BlockingQueue<Runnable> handedOut = new LinkedBlockingQueue<>();
    private final MovedClock clock = new MovedClock(NIGHT);
    private final ReservedPort slackPort = new ReservedPort();
    private final ReservedPort otherPort = new ReservedPort();
    private final ReservedPort smtpPort = new ReservedPort();
    private volatile boolean leads = true;
    private volatile boolean losesTheLeadBeforeSending;
    private SafeJournal journal;
    private CapturedLog log;
    private Optional<Webhook> slack = Optional.empty();
    private Optional<Webhook> other = Optional.empty();
    private Optional<GreenMail> mail = Optional.empty();

    @Override
    protected Properties useOverridePropertiesWithPropertiesComponent() {
        return QuietCamel.properties();
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        configuration.withRoutesIncludePattern("file:routes/80-alerts.yaml,file:routes/90-errors.yaml");
        configuration.addConfiguration(new CamelConfiguration() {
            @Override
            public void configure(CamelContext context) {
                bind(context.getRegistry());
            }
        });
    }

    private void bind(Registry registry) {
        journal = QuietJournal.open(directory, clock, Set.of());
        Records current = (Records) Proxy.newProxyInstance(
                Records.class.getClassLoader(),
                new Class<?>[] {Records.class},
                (proxy, method, arguments) -> method.invoke(journal, arguments));
        OutboxStage outbox = new OutboxStage(
                current, () -> leads, this::alerting, clock, armed::add, this::nowHandedOut, receiver -> {});
        registry.bind("outbox", outbox);
        ReceiverBeans.of(alerting().receivers()).forEach(registry::bind);
        registry.bind("retention", new RetentionStage(current, clock, Duration.ofDays(90)));
        registry.bind("routeErrors", new RouteErrors(Clock.systemUTC(), () -> false));
    }

    private void nowHandedOut(Runnable expiry) {
        handedOut.add(expiry);
        leads = leads && !losesTheLeadBeforeSending;
    }

    @BeforeEach
    void listen() {
        log = CapturedLog.start();
    }

    private List<OutboxEntry> undelivered() {
        return WrittenRows.in(directory).undelivered();
    }

    @AfterEach
    void stop() {
        log.close();
        slack.ifPresent(Webhook::close);
        other.ifPresent(Webhook::close);
        mail.ifPresent(GreenMail::stop);
        journal.close();
        List.of(slackPort, otherPort, smtpPort).forEach(ReservedPort::close);
    }

    @Test
    void aMessageThatSlackAcceptsIsSentOnce() throws Exception {
        serveSlack();
        record(message("chat", Moment.OPENED));

        assertThat(wake()).isEmpty();
        assertThat(wake()).isEmpty();

        assertThat(slack().taken()).singleElement().asString().contains("shop/cart: 5 → 7, a \\u0026lt; b");
        assertThat(slack().posted().get(0).uri())
                .startsWith("/services/T0;B(0)/")
                .endsWith("password=%25)");
        assertThat(undelivered()).isEmpty();
        noSecretWasLoggedOrStored();
    }

    /** It may have waited for a thread. Who leads by then sends it, and it has not failed. */
    @Test
    void aMessageThatWasChosenIsNotSentByAReplicaThatLeadsNoLonger() throws Exception {
        serveSlack();
        record(message("chat", Moment.OPENED));
        losesTheLeadBeforeSending = true;

        wake();

        assertThat(slack().posted()).isEmpty();
        assertThat(undelivered()).singleElement().satisfies(one -> {
            assertThat(one.attempts()).isZero();
            assertThat(one.lastFailure()).isEmpty();
        });
        losesTheLeadBeforeSending = false;
        leads = true;
        assertThat(wake()).isEmpty();
        assertThat(slack().taken()).hasSize(1);
    }

    /** In Camel 4.17 an HTTP error of the Slack producer bypasses the error handler (CAMEL-23627). */
    @ParameterizedTest
    @ValueSource(ints = {500, 429, 404, 403})
    void whatSlackDoesNotTakeIsNotAcknowledgedAndTriedAgain(int status) throws Exception {
        serveSlack();
        slack().answerWith(status, status);
        record(message("chat", Moment.OPENED));

        for (int attempt = 1; attempt <= 2; attempt++) {
            Set<Instant> next = wake();
            OutboxEntry waiting = undelivered().get(0);
            assertThat(waiting.attempts()).isEqualTo(attempt);
            assertThat(waiting.lastFailure().orElse("")).contains(Integer.toString(status));
            assertThat(next)
                    .containsExactly(DeliveryBackoff.next(waiting.message().id(), attempt, clock.instant()));
            clock.moveTo(next.iterator().next().minusMillis(1));
            assertThat(wake()).isEqualTo(next);
            assertThat(slack().posted()).hasSize(attempt);
            clock.moveTo(next.iterator().next());
        }

        assertThat(wake()).isEmpty();
        assertThat(undelivered()).isEmpty();
        assertThat(slack().posted()).hasSize(3);
        noSecretWasLoggedOrStored();
    }

    /** Each pass wakes the outbox, and a split that sends in parallel does not keep the next wake-up waiting. */
    @Test
    void whoIsWokenWhileAMessageIsOnItsWayDoesNotSendItAgain() throws Exception {
        serveSlack();
        slack().hold();
        record(message("chat", Moment.OPENED));
        template().sendBody("direct:outbox-due", "test");
        assertThat(slack().awaitPosted()).isTrue();
        assertThat(nextArmed()).as("handed out").isEmpty();
        handedOut.clear();

        for (int i = 0; i < 5; i++) {
            assertThat(wake()).as("nothing else waits").isEmpty();
        }
        slack().letGo();

        assertThat(nextArmed()).isEmpty();
        assertThat(slack().posted()).hasSize(1);
        assertThat(undelivered()).isEmpty();
    }

    @Test
    void aSlackThatRejectsTheConnectionIsTriedAgain() throws Exception {
        record(message("chat", Moment.OPENED));
        Set<Instant> next = wake();
        assertThat(undelivered()).extracting(one -> one.attempts()).containsExactly(1);

        serveSlack();
        clock.moveTo(next.iterator().next());

        assertThat(wake()).isEmpty();
        assertThat(slack().taken()).hasSize(1);
        noSecretWasLoggedOrStored();
    }

    @Test
    void whoHangsHoldsUpNobodyElseAndIsTriedAgain() throws Exception {
        serveOther();
        try (ServerSocket hangingSlack = hanging(slackPort.free());
                ServerSocket hangingMail = hanging(smtpPort.free())) {
            record(message("chat", Moment.OPENED), message("mailbox", Moment.OPENED), message("other", Moment.OPENED));

            template().sendBody("direct:outbox-due", "test");
            assertThat(other.orElseThrow().awaitPosted()).isTrue();
            assertThat(undelivered())
                    .as("told while the two others hang")
                    .allMatch(one -> one.lastFailure().isEmpty());
            assertThat(nextArmed()).as("handed out").isEmpty();
            assertThat(whenSettled()).hasSize(1);
            assertThat(hangingSlack.isBound() && hangingMail.isBound()).isTrue();
        }
        assertThat(undelivered()).allMatch(one -> one.attempts() == 1);
        assertThat(other.orElseThrow().taken()).hasSize(1);
        noSecretWasLoggedOrStored();
    }

    @Test
    void aMailServerThatWasDownGetsOneConversation() throws Exception {
        record(message("mailbox", Moment.OPENED), message("mailbox", Moment.ENDED));
        Set<Instant> next = wake();
        assertThat(undelivered()).hasSize(2);

        serveMail(PASSWORD);
        clock.moveTo(next.iterator().next());
        while (!undelivered().isEmpty()) {
            wake();
        }

        MimeMessage[] mails = mail.orElseThrow().getReceivedMessages();
        assertThat(mails).hasSize(2);
        assertThat(mails[1].getHeader("In-Reply-To")).containsExactly(mails[0].getMessageID());
        assertThat(mails[1].getHeader("References")).containsExactly(mails[0].getMessageID());
        assertThat(mails[1].getMessageID()).isNotEqualTo(mails[0].getMessageID());
        assertThat(mails[0].getSubject()).isEqualTo("shop/cart: 5 → 7, a < b");
        assertThat(mails[0].getContent().toString()).startsWith("shop/cart: 5 → 7, a < b");
        assertThat(mails[0].getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(mails[0].getFrom()[0]).hasToString("tidewatch@example.com");
        for (MimeMessage one : mails) {
            assertThat(Collections.list(one.getAllHeaderLines()))
                    .noneMatch(line -> line.contains("smtp:") || line.contains("Tidewatch") || line.contains(USER));
        }
        noSecretWasLoggedOrStored();
    }

    @Test
    void aRejectedLoginIsTriedAgainUntilItIsAccepted() throws Exception {
        serveMail("another password");
        record(message("mailbox", Moment.OPENED));
        Set<Instant> next = wake();

        OutboxEntry waiting = undelivered().get(0);
        assertThat(waiting.attempts()).isEqualTo(1);
        assertThat(waiting.lastFailure().orElse("")).contains("Authentication");
        mail.orElseThrow().setUser("oncall@example.com", USER, PASSWORD);
        clock.moveTo(next.iterator().next());

        assertThat(wake()).isEmpty();
        assertThat(mail.orElseThrow().getReceivedMessages()).hasSize(1);
        noSecretWasLoggedOrStored();
    }

    @Test
    void aCrashBeforeTheAcknowledgementRepeatsTheMessageUnderItsOldId() throws Exception {
        serveMail(PASSWORD);
        record(message("mailbox", Moment.OPENED));
        wake();
        forgetAcknowledgements();
        wake();

        MimeMessage[] mails = mail.orElseThrow().getReceivedMessages();
        assertThat(mails).hasSize(2);
        assertThat(mails[1].getMessageID()).isEqualTo(mails[0].getMessageID());
        assertThat(mails[1].getSubject()).isEqualTo(mails[0].getSubject());
    }

    @Test
    void aMessageForAReceiverThatIsGoneGoesToTheDefaultWhichGetsNoneTwice() throws Exception {
        serveSlack();
        record(message("nobody", Moment.OPENED), message("chat", Moment.OPENED));

        wake();

        assertThat(slack().taken()).hasSize(1);
        assertThat(undelivered()).isEmpty();
    }

    @Test
    void aMessageThatIsHeldBackIsSentWhenItsTimeHasCome() throws Exception {
        serveSlack();
        Instant due = NIGHT.plusSeconds(30);
        record(message("chat", Moment.OPENED, due));

        assertThat(wake()).containsExactly(due);
        clock.moveTo(due.minusNanos(1));
        assertThat(wake()).containsExactly(due);
        assertThat(slack().posted()).isEmpty();
        clock.moveTo(due);
        assertThat(wake()).isEmpty();
        assertThat(slack().taken()).hasSize(1);
    }

    /** Sends what is due, and returns what is armed when every delivery has ended. */
    private Set<Instant> wake() throws InterruptedException {
        armed.clear();
        template().sendBody("direct:outbox-due", "test");
        Set<Instant> next = nextArmed();
        return handedOut.isEmpty() ? next : whenSettled();
    }

    /** The outbox arms when it hands out, and once more for each message whose delivery ends. */
    private Set<Instant> whenSettled() throws InterruptedException {
        Set<Instant> next = Set.of();
        for (Runnable ignored = handedOut.poll(); ignored != null; ignored = handedOut.poll()) {
            next = nextArmed();
        }
        return next;
    }

    private Set<Instant> nextArmed() throws InterruptedException {
        Set<Instant> next = armed.poll(60, TimeUnit.SECONDS);
        assertThat(next).as("armed anew after what was due").isNotNull();
        return next;
    }

    private void record(AlertMessage... messages) {
        journal.record(Report.NONE, List.of(messages));
    }

    private static AlertMessage message(String receiver, Moment moment) {
        return message(receiver, moment, NIGHT);
    }

    private static AlertMessage message(String receiver, Moment moment, Instant due) {
        return new AlertMessage(
                Envelope.id("shop/cart@1/" + moment + "/" + receiver)
                        .of("shop/cart@1")
                        .to(receiver),
                List.of("shop/cart@1"),
                moment,
                Severity.CRITICAL,
                Text.headline("shop/cart: 5 → 7, a < b").body("since 22:30"),
                Times.at(NIGHT).due(due));
    }

    private Alerting alerting() {
        return new Alerting(
                List.of(
                        new Receiver.SlackWebhook("chat", "http://127.0.0.1:" + slackPort.number() + SECRET_PATH),
                        new Receiver.SlackWebhook(
                                "other", "http://127.0.0.1:" + otherPort.number() + "/services/T1/B1/y"),
                        new Receiver.Email(
                                "mailbox",
                                "tidewatch@example.com",
                                List.of("oncall@example.com"),
                                new Smtp(
                                        "127.0.0.1",
                                        smtpPort.number(),
                                        false,
                                        Optional.of(USER),
                                        Optional.of(SecretText.of(PASSWORD))))),
                List.of(),
                List.of("chat"),
                Optional.empty());
    }

    /** Neither whole nor in the pieces that a URI parser would leave of them. */
    private void noSecretWasLoggedOrStored() {
        List<String> failures = undelivered().stream()
                .flatMap(one -> one.lastFailure().stream())
                .toList();
        for (String piece : List.of(PASSWORD, "p+a", "ss%41", "{{x}}", "rd=", SECRET_PATH, "T0;B", "x'~!", "{{d}}")) {
            assertThat(log.lines().stream().filter(line -> line.contains(piece)))
                    .as("logged")
                    .isEmpty();
            assertThat(failures.stream().filter(line -> line.contains(piece)))
                    .as("written down")
                    .isEmpty();
        }
        assertThat(log.lines()).as("the log was listened to").isNotEmpty();
    }

    /** As if the process had died between sending and writing down that it was sent, and had been started again. */
    private void forgetAcknowledgements() throws Exception {
        journal.close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE outbox SET acknowledged_at = NULL"))
                    .isPositive();
        }
        journal = QuietJournal.open(directory, clock, Set.of());
    }

    private Webhook slack() {
        return slack.orElseThrow();
    }

    private void serveSlack() {
        slack = Optional.of(Webhook.at(slackPort.free()));
    }

    private void serveOther() {
        other = Optional.of(Webhook.at(otherPort.free()));
    }

    /** Takes connections and never says a word. */
    private static ServerSocket hanging(int port) throws IOException {
        return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    }

    private void serveMail(String password) {
        ServerSetup smtp = new ServerSetup(smtpPort.free(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        smtp.setServerStartupTimeout(TimeUnit.SECONDS.toMillis(60));
        GreenMail server = new GreenMail(smtp);
        server.setUser("oncall@example.com", USER, password);
        server.start();
        mail = Optional.of(server);
    }
}
