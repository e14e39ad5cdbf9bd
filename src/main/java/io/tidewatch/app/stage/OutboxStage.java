package io.tidewatch.app.stage;

import io.tidewatch.alert.Announcements;
import io.tidewatch.alert.Backoff;
import io.tidewatch.alert.Delivery;
import io.tidewatch.alert.DigestTime;
import io.tidewatch.alert.Digests;
import io.tidewatch.journal.DueMessage;
import io.tidewatch.journal.Records;
import io.tidewatch.model.Alerting;
import io.tidewatch.model.DiaryEntry;
import io.tidewatch.model.Fault;
import io.tidewatch.model.Incident;
import io.tidewatch.model.Pass;
import io.tidewatch.model.Receiver;
import io.tidewatch.model.Report;
import io.tidewatch.model.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outbox as the routes call it: what is due goes out one by one, and each result is written down. Woken again while a
 * message is on its way, it hands out nothing to the same receiver: neither that message again nor the one after it.
 */
public final class OutboxStage {

    /** Exchange properties, not headers: a mail carries every header to its readers. */
    private static final String TYPE = "TidewatchReceiverType";

    private static final String ENDPOINT = "TidewatchReceiverEndpoint";
    private static final String CURED = "status-cured";
    private static final Duration REMEDIES_OF = Duration.ofDays(1);

    /** When the outbox is looked at again after it could not be read. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(OutboxStage.class);

    private final Records journal;
    private final Supplier<Alerting> alerting;
    private final Clock clock;
    private final Consumer<Set<Instant>> arm;
    private final Set<String> busy = new HashSet<>();

    /**
     * @param arm wakes the outbox at exactly these instants
     */
    public OutboxStage(Records journal, Supplier<Alerting> alerting, Clock clock, Consumer<Set<Instant>> arm) {
        this.journal = journal;
        this.alerting = alerting;
        this.clock = clock;
        this.arm = arm;
    }

    /** Writes down what a pass has to say, and what receivers are told of it. */
    public void record(Pass pass, Report report) {
        if (!Announcements.areDue(report)) {
            journal.record(report, List.of());
            return;
        }
        Instant from = Stream.concat(report.opened().stream(), report.ended().stream())
                .map(Incident::opened)
                .min(Comparator.naturalOrder())
                .orElse(report.at())
                .minus(REMEDIES_OF);
        Set<Target> targets = Stream.concat(report.opened().stream(), report.ended().stream())
                .map(Incident::target)
                .collect(Collectors.toUnmodifiableSet());
        List<DiaryEntry> remedies = journal.latest(Announcements.remedies(), targets, from);
        journal.record(
                report,
                running -> Announcements.of(pass, report, alerting.get(), remedies, running, OutboxStage::failed));
    }

    private static void failed(Fault fault) {
        FaultLog.trace(fault, fault.stage());
    }

    /** What is to be sent now, one message to each receiver that is not being told something already. */
    public synchronized List<DueMessage> due() {
        Instant now = clock.instant();
        List<DueMessage> due;
        try {
            digest(now);
            due = journal.due(now, busy);
        } catch (RuntimeException unreadable) {
            log.warn("the outbox cannot be read: {}", unreadable.getMessage());
            arm.accept(Set.of(now.plus(AGAIN)));
            return List.of();
        }
        due.forEach(one -> busy.add(one.message().receiver()));
        if (due.isEmpty()) {
            rearm();
        }
        return due;
    }

    /** Whether nothing is on its way, and nothing is due that was not tried yet. */
    public synchronized boolean isQuiet() {
        return busy.isEmpty()
                && journal.nextDue(Set.of())
                        .filter(next -> !next.isAfter(clock.instant()))
                        .isEmpty();
    }

    /** Makes the exchange ready for the receiver's own route. */
    public void prepare(Exchange exchange) {
        DueMessage due = exchange.getMessage().getBody(DueMessage.class);
        Delivery delivery = Delivery.of(due.message(), receiver(due.message().receiver()));
        exchange.setProperty(TYPE, delivery.type());
        exchange.setProperty(ENDPOINT, delivery.endpoint());
        exchange.getMessage().removeHeaders("*");
        delivery.headers().forEach(exchange.getMessage()::setHeader);
        exchange.getMessage().setBody(delivery.body());
    }

    /** A receiver took it. */
    public void acknowledged(DueMessage due) {
        try {
            journal.acknowledged(due.message().id(), clock.instant());
        } finally {
            settled(due);
        }
    }

    /** Nobody took it; it becomes due again. */
    public void failed(DueMessage due, Throwable why) {
        try {
            writeDown(due, withoutSecrets(rootOf(why), due.message().receiver()));
        } finally {
            settled(due);
        }
    }

    private void writeDown(DueMessage due, String failure) {
        int attempts = due.attempts() + 1;
        Instant next = Backoff.next(due.message().id(), attempts, clock.instant());
        journal.failed(due.message().id(), next, failure);
        log.warn(
                "{}: {} not delivered, attempt {}, next {}: {}",
                due.message().receiver(),
                due.message().id(),
                attempts,
                next.truncatedTo(ChronoUnit.SECONDS),
                failure);
    }

    private synchronized void settled(DueMessage due) {
        busy.remove(due.message().receiver());
        if (busy.isEmpty()) {
            rearm();
        }
    }

    /** What waits for a receiver that is busy is armed when all are settled. */
    private void rearm() {
        Set<Instant> next = new HashSet<>();
        try {
            journal.nextDue(busy).ifPresent(next::add);
        } catch (RuntimeException unreadable) {
            log.warn("the outbox cannot be read: {}", unreadable.getMessage());
            next.add(clock.instant().plus(AGAIN));
        }
        alerting.get()
                .digest()
                .ifPresent(daily ->
                        next.add(DigestTime.latest(daily, clock.instant()).next()));
        arm.accept(next);
    }

    /** A digest that was said is known by its id, so asking at every wake costs one look. */
    private void digest(Instant now) {
        alerting.get().digest().ifPresent(daily -> {
            DigestTime time = DigestTime.latest(daily, now);
            List<DiaryEntry> cured = journal.entries(CURED, time.from(), time.at());
            journal.record(
                    Report.NONE,
                    Digests.of(daily, time.at(), cured).stream()
                            .filter(message -> !journal.knowsMessage(message.id()))
                            .toList());
        });
    }

    private Receiver receiver(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalStateException("no receiver of this name is configured: " + name));
    }

    private Optional<Receiver> find(String name) {
        return alerting.get().receivers().stream()
                .filter(receiver -> receiver.name().equals(name))
                .findFirst();
    }

    private String withoutSecrets(String text, String receiver) {
        return Delivery.line(
                find(receiver).map(one -> Delivery.withoutSecrets(one, text)).orElse(text));
    }

    private static String rootOf(Throwable trouble) {
        Throwable root = trouble;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }
}
