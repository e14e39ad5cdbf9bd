package io.tidewatch.loop.outbox;

import io.tidewatch.alert.Delivery;
import io.tidewatch.alert.DeliveryBackoff;
import io.tidewatch.alert.DigestTime;
import io.tidewatch.alert.Digests;
import io.tidewatch.alert.PassMessages;
import io.tidewatch.journal.content.DueMessage;
import io.tidewatch.journal.content.Records;
import io.tidewatch.loop.AlarmClock;
import io.tidewatch.loop.Failures;
import io.tidewatch.loop.FaultLog;
import io.tidewatch.loop.SelfIncidents;
import io.tidewatch.model.Fault;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
    /** More than {@link Backoff} ever waits. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private static final Duration REMEDIES_OF = Duration.ofDays(1);

    /** How long one delivery may take in all. */
    public static final Duration DEADLINE = Duration.ofSeconds(60);

    /** So many deliveries in a row that took longer are an incident. */
    private static final int TOO_LATE = 3;

    private static final String KEY = "receiver/";
    private static final int UNKNOWN_SAID = 1_000;

    /** When the outbox is looked at again after it could not be read. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(OutboxStage.class);

    private final Records journal;
    private final ConfiguredAlerting alerting;
    private final Clock clock;
    private final AlarmClock alarm;
    private final DeliveryTimer timer;
    private final Connections connections;

    private final Deliveries deliveries = new Deliveries();

    private final Set<String> unknownSaid = new HashSet<>();
    private volatile SelfIncidents self = SelfIncidents.NONE;
    private Instant digested = Instant.MIN;

    /**
     * Sends for as long as it takes to connections that nobody cuts, a minute at most each.
     *
     * @param alarm wakes the outbox
     */
    public OutboxStage(Records journal, ConfiguredAlerting alerting, Clock clock, AlarmClock alarm) {
        this(journal, alerting, clock, alarm, DeliveryTimer.inRealTime(), receiver -> {});
    }

    /** Runs what it is given {@link #DEADLINE} from now. */
    @FunctionalInterface
    public interface DeliveryTimer {

        void atDeadline(Runnable expiry);

        static DeliveryTimer inRealTime() {
            return CompletableFuture.delayedExecutor(DEADLINE.toSeconds(), TimeUnit.SECONDS)::execute;
        }
    }

    /** The connections to receivers. */
    @FunctionalInterface
    public interface Connections {

        /** Closes what is open to this receiver, as far as that is possible; who reads or writes there fails at once. */
        void cut(String receiver);
    }

    /** @param alarm wakes the outbox */
    public OutboxStage(
            Records journal,
            ConfiguredAlerting alerting,
            Clock clock,
            AlarmClock alarm,
            DeliveryTimer timer,
            Connections connections) {
        this.journal = journal;
        this.alerting = alerting;
        this.clock = clock;
        this.alarm = alarm;
        this.timer = timer;
        this.connections = connections;
    }

    /** From now on, these are told of receivers that take nothing. */
    public void tell(SelfIncidents incidents) {
        self = incidents;
    }

    /** Writes down what a pass has to say, and what receivers are told of it. */
    public void record(Pass pass, Report given) {
        Report report = pastTheirReceivers(given);
        if (!PassMessages.areDue(report)) {
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
        List<DiaryEntry> remedies = journal.latest(PassMessages.remedies(), targets, from);
        journal.record(
                report,
                running -> PassMessages.of(pass, report, alerting.now(), remedies, running, OutboxStage::failed));
    }

    private static void failed(Fault fault) {
        FaultLog.trace(fault, fault.stage());
    }

    /** What is to be sent now, one message to each receiver that is not being told something already. */
    public synchronized List<DueMessage> due() {
        Instant now = clock.instant();
        List<DueMessage> due;
        try {
            readdress();
            digest(now);
            due = journal.due(now, deliveries.unavailable());
            if (due.isEmpty()) {
                due = putOffByTheClock(now);
            }
        } catch (RuntimeException unreadable) {
            log.warn("the outbox cannot be read: {}", unreadable.getMessage());
            alarm.arm(Set.of(now.plus(AGAIN)));
            return List.of();
        }
        for (DueMessage one : due) {
            deliveries.begin(one);
            timer.atDeadline(() -> expired(one));
        }
        rearm();
        return due;
    }

    /** What waits for a receiver that the configuration does not have goes to the default ones; said once. */
    private void readdress() {
        Alerting now = alerting.now();
        Set<String> exist = now.receivers().stream().map(Receiver::name).collect(Collectors.toUnmodifiableSet());
        List<String> instead = now.defaults().stream().filter(exist::contains).toList();
        if (exist.isEmpty()) {
            return;
        }
        for (String unknown : journal.readdress(exist, instead)) {
            if (unknownSaid.size() < UNKNOWN_SAID && unknownSaid.add(unknown)) {
                log.warn(
                        "there is no receiver {}: its messages go to {}",
                        unknown,
                        instead.isEmpty() ? "nobody, for default names none" : String.join(", ", instead));
            }
        }
    }

    /** That a receiver takes nothing is told to others. */
    private Report pastTheirReceivers(Report report) {
        return new Report(
                report.at(),
                report.diary(),
                report.events(),
                report.opened().stream().map(this::pastItsReceiver).toList(),
                report.ended(),
                report.steps(),
                report.ledger(),
                report.next());
    }

    private Incident pastItsReceiver(Incident incident) {
        String key = incident.target().name();
        if (!incident.target().isTidewatch()
                || !key.startsWith(KEY)
                || !incident.receivers().isEmpty()) {
            return incident;
        }
        String dead = key.substring(KEY.length());
        List<String> others = without(dead, alerting.now().defaults().stream());
        return incident.to(
                others.isEmpty()
                        ? without(dead, alerting.now().receivers().stream().map(Receiver::name))
                        : others);
    }

    private static List<String> without(String receiver, Stream<String> receivers) {
        return receivers.filter(name -> !name.equals(receiver)).toList();
    }

    /** No attempt is put off for so long: a message that is due later than that was put off by a clock that was set back since. */
    private List<DueMessage> putOffByTheClock(Instant now) {
        return journal.nextDue(deliveries.unavailable())
                .filter(next -> next.isAfter(now.plus(LONGEST_WAIT)))
                .map(next -> journal.due(next, deliveries.unavailable()))
                .orElse(List.of());
    }

    /** Whether nothing is on its way, and nothing is due that was not tried yet. */
    public synchronized boolean isQuiet() {
        return deliveries.areNone()
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

    /** A receiver took it, be it late. */
    public void acknowledged(DueMessage due) {
        String receiver = due.message().receiver();
        try {
            journal.acknowledged(due.message().id(), clock.instant());
        } finally {
            settled(due, 0);
        }
        self.resolve(KEY + receiver, "messages to " + receiver + " are taken again");
    }

    /** Nobody took it; it becomes due again. */
    public void failed(DueMessage due, Throwable why) {
        try {
            if (isOnItsWay(due)) {
                writeDown(
                        due,
                        withoutSecrets(
                                Failures.root(why).toString(), due.message().receiver()));
            }
        } finally {
            settled(due, 0);
        }
    }

    /** Time is up. Whatever the transport still does, its receiver is free, and the message is due again. */
    private void expired(DueMessage due) {
        String receiver = due.message().receiver();
        int inARow;
        synchronized (this) {
            if (!isOnItsWay(due)) {
                return;
            }
            inARow = deliveries.expire(due);
        }
        try {
            writeDown(due, "came to no end within " + DEADLINE.toSeconds() + " s");
        } finally {
            settled(due, inARow);
        }
        connections.cut(receiver);
        if (inARow >= TOO_LATE) {
            self.open(
                    KEY + receiver,
                    "the receiver " + receiver + " takes no message: " + inARow + " in a row came to no end within "
                            + DEADLINE.toSeconds() + " s");
        }
    }

    private synchronized boolean isOnItsWay(DueMessage due) {
        return deliveries.isUnderWay(due);
    }

    private void writeDown(DueMessage due, String failure) {
        int attempts = due.attempts() + 1;
        Instant next = DeliveryBackoff.next(due.message().id(), attempts, clock.instant());
        journal.failed(due.message().id(), next, failure);
        log.warn(
                "{}: {} not delivered, attempt {}, next {}: {}",
                due.message().receiver(),
                due.message().id(),
                attempts,
                next.truncatedTo(ChronoUnit.SECONDS),
                failure);
    }

    /** @param inARow how many in a row were too late by now; 0: this one was not */
    private synchronized void settled(DueMessage due, int inARow) {
        deliveries.end(due, inARow);
        rearm();
    }

    /** Wakes the outbox for receivers that nothing is on its way to. What waits for a busy one is armed when that one is settled. */
    private void rearm() {
        Set<Instant> next = new HashSet<>();
        try {
            journal.nextDue(deliveries.unavailable()).ifPresent(next::add);
        } catch (RuntimeException unreadable) {
            log.warn("the outbox cannot be read: {}", unreadable.getMessage());
            next.add(clock.instant().plus(AGAIN));
        }
        alerting.now()
                .digest()
                .ifPresent(daily ->
                        next.add(DigestTime.latest(daily, clock.instant()).next()));
        alarm.arm(next);
    }

    /** Asked for once when its time has come, again only while the journal does not answer; one that was said is known by its id. */
    private void digest(Instant now) {
        alerting.now().digest().ifPresent(daily -> {
            DigestTime time = DigestTime.latest(daily, now);
            if (!time.at().equals(digested)) {
                journal.lines(CURED, time.from(), time.at()).ifPresent(cured -> {
                    journal.record(
                            Report.NONE,
                            Digests.of(daily, time.at(), cured).stream()
                                    .filter(message -> !journal.knowsMessage(message.id()))
                                    .toList());
                    digested = time.at();
                });
            }
        });
    }

    private Receiver receiver(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalStateException("no receiver of this name is configured: " + name));
    }

    private Optional<Receiver> find(String name) {
        return alerting.now().receivers().stream()
                .filter(receiver -> receiver.name().equals(name))
                .findFirst();
    }

    private String withoutSecrets(String text, String receiver) {
        return Delivery.line(
                find(receiver).map(one -> Delivery.withoutSecrets(one, text)).orElse(text));
    }
}
