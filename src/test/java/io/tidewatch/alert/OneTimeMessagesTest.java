package io.tidewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.DiaryEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OneTimeMessagesTest {

    private static final Alerting ALERTING = new Alerting(
            List.of(),
            List.of(new Alerting.Route(Set.of("shop"), Set.of(), List.of("payments-slack"))),
            List.of("oncall-mail"),
            Optional.empty());

    @Test
    void aScheduleRemovedInsideItsWindowIsReportedOnceToTheRoutedReceivers() {
        List<AlertMessage> messages = OneTimeMessages.of(
                List.of(
                        Given.line(
                                Given.LAG,
                                Given.CART,
                                DiaryEntry.REMOVED_IN_WINDOW,
                                "its schedule was removed while window midnight-peak was open; the baseline is in force again")),
                ALERTING,
                target -> Optional.empty());

        assertThat(messages).singleElement().satisfies(message -> {
            assertThat(message.receiver()).isEqualTo("payments-slack");
            assertThat(message.headline())
                    .isEqualTo("shop/cart: its schedule was removed while window midnight-peak was open;"
                            + " the baseline is in force again");
            assertThat(message.due()).isEqualTo(Given.LAG);
        });
    }

    @Test
    void noOtherLineOfTheDiaryIsANotice() {
        assertThat(OneTimeMessages.of(
                        List.of(Given.line(Given.LAG, Given.CART, "minimum-set", "window ends")),
                        ALERTING,
                        target -> Optional.empty()))
                .isEmpty();
    }
}
