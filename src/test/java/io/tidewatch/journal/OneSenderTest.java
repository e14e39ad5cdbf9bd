package io.tidewatch.journal;

import static io.tidewatch.journal.content.JournalSamples.NIGHT;
import static io.tidewatch.journal.content.JournalSamples.incident;
import static io.tidewatch.journal.content.JournalSamples.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.journal.content.DueMessage;
import io.tidewatch.journal.content.Duty;
import io.tidewatch.journal.content.JournalSamples;
import io.tidewatch.journal.server.PostgresSchemas;
import io.tidewatch.journal.server.PostgresServer;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Moment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two processes that both believe that they lead, and take over from one another again and again while they send: worse than any election. Each
 * message is sent once all the same.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class OneSenderTest {

    private static final long SEED = 20261130;
    private static final int RECEIVERS = 6;
    private static final int INCIDENTS = 5;

    /** Long timeouts: a process that gives up waiting sends from memory, on purpose. */
    private static final SafeJournal.Waits WAITS = new SafeJournal.Waits(
            Duration.ofMillis(20),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(10));

    private final PostgresServer server = PostgresServer.shared();
    private final String instance = server.freshInstance();
    private final List<String> sent = new CopyOnWriteArrayList<>();

    private SafeJournal open() {
        return SafeJournal.open(
                PostgresSchemas.of(server, instance, QuietJournal.MAX_SIZE),
                Clock.fixed(NIGHT, ZoneOffset.UTC),
                Set.of(),
                Duty.LEAD,
                QuietJournal.LISTENER,
                WAITS);
    }

    private static List<AlertMessage> messages(String incident) {
        List<AlertMessage> messages = new ArrayList<>();
        for (int i = 0; i < RECEIVERS; i++) {
            messages.add(message(incident, "r" + i, Moment.OPENED, NIGHT));
        }
        return messages;
    }

    private WrittenRows rows() {
        return WrittenRows.of(server::connect, instance);
    }

    @Test
    void eachMessageIsSentOnce() throws InterruptedException {
        try (SafeJournal first = open()) {
            for (int i = 0; i < INCIDENTS; i++) {
                String id = "i" + i;
                first.record(JournalSamples.opened(incident(id, Optional.empty())), messages(id));
            }
            try (SafeJournal second = open()) {
                SplittableRandom random = new SplittableRandom(SEED);
                List<Thread> senders = List.of(sender(first, random.split()), sender(second, random.split()));
                senders.forEach(Thread::start);
                for (Thread sender : senders) {
                    sender.join();
                }
            }
        }
        assertThat(sent).as("seed %d", SEED).doesNotHaveDuplicates().hasSize(RECEIVERS * INCIDENTS);
        assertThat(rows().undelivered()).isEmpty();
    }

    /** As the outbox does it: a delivery takes a while, and a receiver gets one message at a time. */
    private Thread sender(SafeJournal journal, SplittableRandom random) {
        return new Thread(() -> {
            List<AlertMessage> underWay = new ArrayList<>();
            Instant now = NIGHT;
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
            while ((sent.size() < RECEIVERS * INCIDENTS || !underWay.isEmpty()) && System.nanoTime() < until) {
                if (random.nextInt(3) == 0) {
                    journal.takeOver();
                }
                now = now.plus(SafeJournal.CLAIM).plusSeconds(1);
                Set<String> busy = underWay.stream().map(AlertMessage::receiver).collect(Collectors.toSet());
                for (DueMessage due : journal.due(now, busy)) {
                    sent.add(due.message().id());
                    underWay.add(due.message());
                }
                if (!underWay.isEmpty() && random.nextInt(3) == 0) {
                    journal.acknowledged(
                            underWay.remove(random.nextInt(underWay.size())).id(), now);
                }
            }
        });
    }
}
