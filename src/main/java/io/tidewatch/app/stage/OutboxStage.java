package io.tidewatch.app.stage;

import io.tidewatch.alert.Backoff;
import io.tidewatch.alert.Delivery;
import io.tidewatch.journal.DueMessage;
import io.tidewatch.journal.Journal;
import io.tidewatch.model.Alerting;
import io.tidewatch.model.Receiver;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.Message;

/** What is written down goes out, and stays written down until a receiver took it. */
public final class OutboxStage {

    /** Names the route that sends to the receiver's type. */
    public static final String RECEIVER_TYPE = "TidewatchReceiverType";

    private static final int BATCH = 50;

    private final Journal journal;
    private final Alerting alerting;
    private final Clock clock;
    private final Consumer<Set<Instant>> alarm;

    /**
     * @param alarm told when the next attempt is due
     */
    public OutboxStage(Journal journal, Alerting alerting, Clock clock, Consumer<Set<Instant>> alarm) {
        this.journal = journal;
        this.alerting = alerting;
        this.clock = clock;
        this.alarm = alarm;
    }

    public List<DueMessage> due() {
        return journal.due(clock.instant(), BATCH);
    }

    /** Puts the message into its receiver's form. */
    public void prepare(Message message) {
        DueMessage due = message.getBody(DueMessage.class);
        String name = due.message().receiver();
        Receiver receiver = alerting.receivers().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no receiver is called " + name));
        Delivery delivery = Delivery.of(due.message(), receiver);
        message.setHeaders(new HashMap<>(delivery.headers()));
        message.setHeader(RECEIVER_TYPE, delivery.type());
        message.setBody(delivery.body());
    }

    public void acknowledged(DueMessage sent) {
        journal.acknowledged(sent.message().id(), clock.instant());
    }

    public void failed(DueMessage kept, Throwable trouble) {
        int failures = kept.attempts() + 1;
        Instant next = Backoff.next(clock.instant(), failures, kept.message().id());
        journal.failed(kept.message().id(), next, String.valueOf(trouble.getMessage()));
        journal.nextDue().ifPresent(due -> alarm.accept(Set.of(due)));
    }
}
