package io.tidewatch.alert;

import static io.tidewatch.alert.Given.CART;
import static io.tidewatch.alert.Given.LAG;
import static io.tidewatch.alert.Given.lagging;
import static io.tidewatch.alert.Given.line;
import static io.tidewatch.alert.Given.over;
import static io.tidewatch.alert.Given.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Fault;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PassMessagesTest {

    private static final Alerting TO_BOTH =
            new Alerting(List.of(), List.of(), List.of("chat", "mail"), Optional.empty());
    private static final Incident CART_LAGS = lagging(CART, LAG);

    @Test
    void aPassWithoutABeginningOrAnEndHasNoMessages() {
        assertThat(Given.announced(lagging(LAG, CART_LAGS), Report.NONE, TO_BOTH, List.of(), List.of()))
                .isEmpty();
    }

    @Test
    void eachReceiverGetsOneMessageWithAnIdOfItsOwn() {
        assertThat(Given.announced(
                        lagging(LAG, CART_LAGS), Given.opened(LAG, CART_LAGS), TO_BOTH, List.of(), List.of()))
                .extracting(AlertMessage::id)
                .containsExactly(CART_LAGS.id() + "/opened/chat", CART_LAGS.id() + "/opened/mail");
    }

    @Test
    void withoutReceiversThereAreNoMessagesAndNothingFails() {
        assertThat(Given.announced(
                        lagging(LAG, CART_LAGS), Given.opened(LAG, CART_LAGS), Alerting.NOBODY, List.of(), List.of()))
                .isEmpty();
    }

    @Test
    void theEndGoesToTheReceiversOfTheBeginningWhateverTheRoutingIsNow() {
        Incident ended = over(CART_LAGS, LAG.plusSeconds(60), "7 of 7 available");

        assertThat(Given.announced(
                        lagging(LAG, CART_LAGS),
                        Given.ended(LAG.plusSeconds(90), ended),
                        TO_BOTH,
                        List.of(),
                        List.of(sent("pager", CART_LAGS))))
                .extracting(AlertMessage::receiver, AlertMessage::moment)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("pager", Moment.ENDED));
    }

    @Test
    void theRemediesOfThisPassAreInTheMessage() {
        Target target = new Target("shop", "checkout");
        Incident stale = Given.stale(target, LAG);
        Report report = Report.of(
                        LAG,
                        List.of(
                                line(LAG, target, "nudged", "nudged ReplicaSet checkout-858 (attempt 1 of 1)"),
                                line(LAG, target, "available", "not a remedy")))
                .with(Report.Incidents.opened(List.of(stale)));

        assertThat(Given.announced(
                        Given.pass(LAG, List.of(Given.desired(target, 5)), List.of(), List.of()),
                        report,
                        TO_BOTH,
                        List.of(),
                        List.of()))
                .allSatisfy(message -> assertThat(message.body().lines())
                        .contains("remedies: 22:36:00 nudged ReplicaSet checkout-858 (attempt 1 of 1)"));
    }

    @Test
    @SuppressWarnings("NullOptional") // it is what the words stumble over
    void anIncidentThatCannotBeDescribedHasTheTextItBeganWith() {
        TargetObservation broken =
                new TargetObservation(CART, null, Optional.empty(), null, List.of(), List.of(), List.of(), Set.of());
        Pass pass = Given.pass(
                LAG,
                List.of(Given.desired(CART, 7, Given.NUDGES)),
                List.of(Given.diagnosis(CART_LAGS, Hop.POD, 7, 5, Given.counters(7, 5))),
                List.of(broken));
        List<Fault> met = new ArrayList<>();

        List<AlertMessage> messages =
                PassMessages.of(pass, Given.opened(LAG, CART_LAGS), TO_BOTH, List.of(), List.of(), met::add);

        assertThat(messages).hasSize(2).allSatisfy(message -> {
            assertThat(message.headline()).isEqualTo(CART + ": " + CART_LAGS.summary());
            assertThat(message.body()).contains("internal error " + met.get(0).id() + " in alert");
        });
    }

    @Test
    void anEmptyDigestIsNotSent() {
        Alerting.Digest digest = new Alerting.Digest(LocalTime.of(8, 0), Given.SEOUL, List.of("chat", "chat"));

        assertThat(Digests.of(digest, LAG, List.of())).isEmpty();
        assertThat(Digests.of(digest, LAG, List.of(line(LAG, CART, "status-cured", "status correct again"))))
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.id()).isEqualTo("digest@2026-11-22/chat");
                    assertThat(message.headline()).isEqualTo("digest 2026-11-22: 1 stale status cured by a remedy");
                    assertThat(message.body())
                            .isEqualTo("2026-11-22 22:36:00 Asia/Seoul shop/cart status correct again");
                    assertThat(message.due()).isEqualTo(LAG);
                });
    }
}
