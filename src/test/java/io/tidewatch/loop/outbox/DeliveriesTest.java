package io.tidewatch.loop.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.journal.content.DueMessage;
import io.tidewatch.model.Severity;
import io.tidewatch.model.report.AlertMessage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which receivers nothing is sent to, and how many deliveries in a row missed their deadlines. */
class DeliveriesTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final Deliveries deliveries = new Deliveries();

    private static DueMessage due(String id, String receiver) {
        AlertMessage message = new AlertMessage(
                AlertMessage.Envelope.id(id).to(receiver),
                List.of(id),
                AlertMessage.Moment.OPENED,
                Severity.WARNING,
                AlertMessage.Text.headline("late").body("late"),
                AlertMessage.Times.at(NOON));
        return new DueMessage(message, 0);
    }

    private int miss(DueMessage due) {
        deliveries.begin(due);
        int inARow = deliveries.expire(due);
        deliveries.end(due, inARow);
        return inARow;
    }

    @Test
    void aReceiverIsUnavailableWhileAMessageIsUnderWayToItAndNoOtherIs() {
        DueMessage first = due("1", "chat");

        deliveries.begin(first);
        assertThat(deliveries.unavailable()).containsExactly("chat");
        assertThat(deliveries.isUnderWay(first)).isTrue();
        assertThat(deliveries.isUnderWay(due("2", "chat"))).isFalse();

        deliveries.end(first, 0);
        assertThat(deliveries.unavailable()).isEmpty();
        assertThat(deliveries.areNone()).isTrue();
    }

    @Test
    void twoAbandonedDeliveriesKeepAReceiverUnavailableUntilOneOfThemEnds() {
        DueMessage first = due("1", "chat");
        assertThat(miss(first)).isEqualTo(1);
        assertThat(deliveries.unavailable()).isEmpty();

        assertThat(miss(due("2", "chat"))).isEqualTo(2);
        assertThat(deliveries.unavailable()).containsExactly("chat");
        assertThat(deliveries.areNone()).isTrue();

        deliveries.end(first, 0);
        assertThat(deliveries.unavailable()).isEmpty();
    }

    @Test
    void aDeliveryInTimeBeginsTheCountOfLateOnesAnew() {
        miss(due("1", "chat"));
        assertThat(miss(due("2", "post"))).as("another receiver").isEqualTo(1);

        DueMessage inTime = due("3", "chat");
        deliveries.begin(inTime);
        deliveries.end(inTime, 0);

        assertThat(miss(due("4", "chat"))).isEqualTo(1);
    }
}
