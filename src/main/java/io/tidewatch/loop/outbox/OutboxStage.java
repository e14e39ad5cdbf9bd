package io.tidewatch.loop.outbox;

import io.tidewatch.alert.Delivery;
import io.tidewatch.alert.DeliveryBackoff;
import io.tidewatch.journal.content.DueMessage;
import io.tidewatch.journal.content.Records;
import io.tidewatch.loop.AlarmClock;
import io.tidewatch.loop.Failures;
import io.tidewatch.loop.Leadership;
import io.tidewatch.loop.SelfIncidents;
import io.tidewatch.model.report.AlertMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outbox as the routes call it: gives the messages that are due to be sent, and records each result. A receiver gets one
 * message at a time: while a message is under way, nothing is sent to the same receiver.
 */
public final class OutboxStage {

    /** How long one delivery may take in all. */
    public static final Duration DEADLINE = Duration.ofSeconds(60);

    /** Exchange properties, not headers: a mail carries every header to its readers. */
    private static final String TYPE = "TidewatchReceiverType";

    private static final String ENDPOINT = "TidewatchReceiverEndpoint";

    /** Longer than every pause of {@link DeliveryBackoff}. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    /** This many deliveries in a row that missed their deadlines are an incident. */
    private static final int MOST_LATE = 3;

    /** When the outbox is read again after it could not be read. */
    private static final Duration RETRY = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(OutboxStage.class);

    private final Records journal;
    private final Leadership leadership;
    private final ConfiguredAlerting alerting;
    private final ConfiguredReceivers receivers;
    private final Clock clock;
    private final AlarmClock alarm;
    private final DeliveryTimer timer;
    private final ReceiverConnections connections;
    private final Deliveries deliveries = new Deliveries();
    private final Farewells farewells = new Farewells();
    private final UnknownReceivers unknown;
    private final DailyDigest digest;
    private volatile SelfIncidents incidents = SelfIncidents.NONE;
    private volatile DeliveryListener listener = (receiver, accepted) -> {};

    /**
     * Of a process that is alone, with deadlines in real time and connections that are never cut.
     *
     * @param alarm wakes the outbox
     */
    public OutboxStage(Records journal, ConfiguredAlerting alerting, Clock clock, AlarmClock alarm) {
        this(journal, Leadership.ALONE, alerting, clock, alarm, DeliveryTimer.inRealTime(), receiver -> {});
    }

    /**
     * @param leadership without it nothing is sent
     * @param alarm wakes the outbox
     */
    public OutboxStage(
            Records journal,
            Leadership leadership,
            ConfiguredAlerting alerting,
            Clock clock,
            AlarmClock alarm,
            DeliveryTimer timer,
            ReceiverConnections connections) {
        this.journal = journal;
        this.leadership = leadership;
        this.alerting = alerting;
        this.receivers = new ConfiguredReceivers(alerting);
        this.clock = clock;
        this.alarm = alarm;
        this.timer = timer;
        this.connections = connections;
        this.unknown = new UnknownReceivers(journal);
        this.digest = new DailyDigest(journal);
    }

    /** From now on, receivers that accept no message are incidents. */
    public void reportTo(SelfIncidents selfIncidents) {
        incidents = selfIncidents;
    }

    /** From now on, the result of each attempt is told. */
    public void tell(DeliveryListener told) {
        listener = told;
    }

    /** Sends the ends of what this process alone told receivers of. Another one reports by now, so no journal has them. */
    public synchronized void farewell(List<AlertMessage> ends) {
        farewells.add(ends);
        rearm();
    }

    /** The messages to send now, one to each receiver that no message is under way to. */
    public synchronized List<DueMessage> due() {
        List<DueMessage> due = new ArrayList<>(farewells.due(clock.instant(), deliveries.unavailable()));
        due.forEach(this::begin);
        if (leadership.leads()) {
            due.addAll(dueOfJournal());
        } else {
            rearm();
        }
        return due;
    }

    private List<DueMessage> dueOfJournal() {
        Instant now = clock.instant();
        List<DueMessage> due;
        try {
            unknown.readdress(alerting.now());
            alerting.now().digest().ifPresent(daily -> digest.write(daily, now));
            due = journal.due(now, deliveries.unavailable());
            if (due.isEmpty()) {
                due = putOffByTheClock(now);
            }
        } catch (RuntimeException unreadable) {
            log.warn("the outbox cannot be read: {}", unreadable.getMessage());
            alarm.arm(Set.of(now.plus(RETRY)));
            return List.of();
        }
        due.forEach(this::begin);
        rearm();
        return due;
    }

    private void begin(DueMessage message) {
        deliveries.begin(message);
        timer.atDeadline(() -> expired(message));
    }

    private synchronized boolean isFarewell(DueMessage due) {
        return farewells.has(due);
    }

    /** The instant after which no message can be due: a later instant means that the clock was set back since. */
    private List<DueMessage> putOffByTheClock(Instant now) {
        return journal.nextDue(deliveries.unavailable())
                .filter(next -> next.isAfter(now.plus(LONGEST_PAUSE)))
                .map(next -> journal.due(next, deliveries.unavailable()))
                .orElse(List.of());
    }

    /** Whether no message is under way, and no message is due. */
    public synchronized boolean isQuiet() {
        Instant now = clock.instant();
        return deliveries.areNone()
                && Stream.of(journal.nextDue(Set.of()), farewells.nextDue(Set.of()))
                        .flatMap(Optional::stream)
                        .allMatch(next -> next.isAfter(now));
    }

    /**
     * Makes the exchange ready for the receiver's own route, right before the message is sent: it may have waited for a thread, or for the
     * answer of the journal, since it was chosen.
     *
     * @throws RuntimeException where another replica leads by now, or the receiver is not configured any more
     */
    public void prepare(Exchange exchange) {
        DueMessage due = exchange.getMessage().getBody(DueMessage.class);
        if (!leadership.leads() && !isFarewell(due)) {
            throw new NotLeadingException();
        }
        Delivery delivery = receivers.delivery(due);
        exchange.setProperty(TYPE, delivery.type());
        exchange.setProperty(ENDPOINT, delivery.endpoint());
        exchange.getMessage().removeHeaders("*");
        delivery.headers().forEach(exchange.getMessage()::setHeader);
        exchange.getMessage().setBody(delivery.body());
    }

    /** The receiver accepted the message, within the deadline or after. */
    public void acknowledged(DueMessage due) {
        String receiver = due.message().receiver();
        listener.delivered(receiver, true);
        try {
            if (isFarewell(due)) {
                said(due);
            } else {
                journal.acknowledged(due.message().id(), clock.instant());
            }
        } finally {
            settled(due, 0);
        }
        incidents.resolve(ReceiverIncidents.key(receiver), "messages to " + receiver + " are accepted again");
    }

    private synchronized void said(DueMessage due) {
        farewells.acknowledged(due);
        log.info("{}: {} sent", due.message().receiver(), due.message().id());
    }

    /** The message was not accepted; it becomes due again. One that was not sent has not failed: whoever leads then sends it. */
    public void failed(DueMessage due, Throwable why) {
        try {
            if (Failures.root(why) instanceof NotLeadingException) {
                log.info(
                        "{}: {} not sent: this replica does not lead",
                        due.message().receiver(),
                        due.message().id());
                journal.notSent(due.message().id());
            } else if (isUnderWay(due)) {
                recordFailure(
                        due,
                        receivers.withoutSecrets(
                                Failures.root(why).toString(), due.message().receiver()));
            }
        } finally {
            settled(due, 0);
        }
    }

    /** This replica does not lead any more. */
    private static final class NotLeadingException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /** The deadline of a delivery has come. Whatever the transport still does, the message is due again. */
    private void expired(DueMessage due) {
        String receiver = due.message().receiver();
        int inARow;
        synchronized (this) {
            if (!isUnderWay(due)) {
                return;
            }
            inARow = deliveries.expire(due);
        }
        try {
            recordFailure(due, "came to no end within " + DEADLINE.toSeconds() + " s");
        } finally {
            settled(due, inARow);
        }
        connections.cut(receiver);
        if (inARow >= MOST_LATE) {
            incidents.open(
                    ReceiverIncidents.key(receiver),
                    "the receiver " + receiver + " accepts no message: " + inARow + " in a row came to no end within "
                            + DEADLINE.toSeconds() + " s");
        }
    }

    private synchronized boolean isUnderWay(DueMessage due) {
        return deliveries.isUnderWay(due);
    }

    private void recordFailure(DueMessage due, String failure) {
        listener.delivered(due.message().receiver(), false);
        int attempts = due.attempts() + 1;
        Instant next = postpone(due, attempts, failure);
        log.warn(
                "{}: {} not delivered, attempt {}, next {}: {}",
                due.message().receiver(),
                due.message().id(),
                attempts,
                next.truncatedTo(ChronoUnit.SECONDS),
                failure);
    }

    private Instant postpone(DueMessage due, int attempts, String failure) {
        synchronized (this) {
            if (farewells.has(due)) {
                return farewells.failed(due, clock.instant());
            }
        }
        Instant next = DeliveryBackoff.next(due.message().id(), attempts, clock.instant());
        journal.failed(due.message().id(), next, failure);
        return next;
    }

    /** @param inARow how many deliveries in a row have missed their deadlines; 0 where this one has not */
    private synchronized void settled(DueMessage due, int inARow) {
        deliveries.end(due, inARow);
        rearm();
    }

    /** Arms the next message for a receiver that no message is under way to; for the others, the end of a delivery arms. */
    private void rearm() {
        Set<Instant> next = new HashSet<>();
        farewells.nextDue(deliveries.unavailable()).ifPresent(next::add);
        try {
            journal.nextDue(deliveries.unavailable()).ifPresent(next::add);
        } catch (RuntimeException unreadable) {
            log.warn("the outbox cannot be read: {}", unreadable.getMessage());
            next.add(clock.instant().plus(RETRY));
        }
        alerting.now().digest().ifPresent(daily -> next.add(DailyDigest.next(daily, clock.instant())));
        alarm.arm(next);
    }
}
