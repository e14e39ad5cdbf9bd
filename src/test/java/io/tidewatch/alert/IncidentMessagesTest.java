package io.tidewatch.alert;

import static io.tidewatch.alert.Given.CART;
import static io.tidewatch.alert.Given.LAG;
import static io.tidewatch.alert.Given.NUDGES;
import static io.tidewatch.alert.Given.counters;
import static io.tidewatch.alert.Given.desired;
import static io.tidewatch.alert.Given.diagnosis;
import static io.tidewatch.alert.Given.line;
import static io.tidewatch.alert.Given.over;
import static io.tidewatch.alert.Given.seen;
import static io.tidewatch.alert.Given.sent;
import static io.tidewatch.alert.Given.stale;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.diagnosis.Advisory;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What receivers read, as files that a person wrote: headline, an empty line, body. */
class IncidentMessagesTest {

    private static final Alerting TO_CHAT = new Alerting(List.of(), List.of(), List.of("chat"), Optional.empty());
    private static final String FLUX_RULE = "in the Flux Kustomization (2.9 or later) write spec.ignore: […]";
    private static final Target CHECKOUT = new Target("shop", "checkout");
    private static final Instant CHECKOUT_ENDS = Instant.parse("2026-11-22T17:00:00Z");
    private static final Advisory STALE_CACHE = new Advisory(
            "argo-rollouts v1.7.2",
            "a fault (argo-rollouts#4047), fixed in v1.8.0",
            Optional.of(new Advisory.Upgrade(Cause.STALE_REPLICA_SET_CACHE, "upgrade to v1.8.3 or later")));
    private static final Advisory OTHER_FAULT = new Advisory(
            "argo-rollouts v1.7.2",
            "another fault",
            Optional.of(new Advisory.Upgrade(Cause.KEDA_FALLBACK, "upgrade to v9")));
    private static final Instant NUDGED = Instant.parse("2026-11-22T17:00:48Z");

    private static AlertMessage only(Pass pass, Report report, List<DiaryEntry> remedies, List<Conversation> running) {
        List<AlertMessage> messages = Given.announced(pass, report, TO_CHAT, remedies, running);
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    private static String read(String name) {
        try (InputStream text = IncidentMessagesTest.class.getResourceAsStream("/alert/" + name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String asRead(AlertMessage message) {
        return message.headline() + "\n\n" + message.body() + "\n";
    }

    @Test
    void anIncidentBegins() {
        Incident incident = Given.lagging(CART, LAG);

        AlertMessage message = only(Given.lagging(LAG, incident), Given.opened(LAG, incident), List.of(), List.of());

        assertThat(asRead(message)).isEqualTo(read("lag-begins.txt"));
        assertThat(message.id()).isEqualTo(incident.id() + "/opened/chat");
        assertThat(message.conversation()).isEqualTo(incident.id());
        assertThat(message.due()).isEqualTo(LAG.plusSeconds(30));
    }

    @Test
    void anIncidentEnds() {
        Incident incident = Given.lagging(CART, LAG);
        Instant end = LAG.plus(Duration.ofMinutes(6));
        Incident ended = over(incident, end, "7 of 7 available");
        Pass pass = Given.pass(
                end.plusSeconds(30),
                List.of(desired(CART, 7, NUDGES)),
                List.of(diagnosis(ended, Hop.POD, 7, 7, counters(7, 7))),
                List.of(seen(CART, 7, counters(7, 7), "Healthy")));

        AlertMessage message =
                only(pass, Given.ended(end.plusSeconds(30), ended), List.of(), List.of(sent("chat", incident)));

        assertThat(asRead(message)).isEqualTo(read("lag-ends.txt"));
        assertThat(message.id()).isEqualTo(incident.id() + "/ended/chat");
        assertThat(message.conversation()).isEqualTo(incident.id());
        assertThat(message.due()).isEqualTo(end.plusSeconds(30));
    }

    /** The claim stands beside its proof, and each attempt of the remedy is told. */
    @Test
    void aStaleStatusThatNudgesDidNotCureBegins() {
        Instant told = NUDGED.plusSeconds(60);
        Incident incident = stale(CHECKOUT, told);
        List<DiaryEntry> nudges = new ArrayList<>();
        for (int attempt = 1; attempt <= 3; attempt++) {
            nudges.add(line(
                    NUDGED.plusSeconds(20L * (attempt - 1)),
                    CHECKOUT,
                    "nudged",
                    "nudged ReplicaSet checkout-858 (attempt " + attempt + " of 3)"));
        }
        nudges.add(line(NUDGED, CART, "nudged", "of another target"));
        nudges.add(line(CHECKOUT_ENDS.minusNanos(1), CHECKOUT, "nudged", "of an earlier period"));
        Pass pass = Given.pass(
                told,
                List.of(Given.afterWindow(CHECKOUT, CHECKOUT_ENDS, NUDGES)),
                List.of(diagnosis(incident, Hop.ROLLOUT, 5, 5, counters(7, 7), STALE_CACHE, OTHER_FAULT)),
                List.of(seen(CHECKOUT, 5, counters(7, 7), "Healthy")));

        assertThat(asRead(only(pass, Given.opened(told, incident), nudges, List.of())))
                .isEqualTo(read("stale-begins.txt"));
    }

    @Test
    void anIncidentThatOutlivesItsWindowSaysThatTheWindowHasEnded() {
        Incident incident = Given.lagging(CART, LAG);
        Instant end = Given.WINDOW_ENDS.plusSeconds(60);

        assertThat(windowLine(incident, end, Given.afterWindow(CART, Given.WINDOW_ENDS)))
                .isEqualTo("the window midnight-peak has ended, the baseline is in force since"
                        + " 2026-11-23 02:05:00 Asia/Seoul (schedule shop/cart-midnight)");
    }

    @Test
    void anIncidentThatLastsIntoTheWindowOfTheNextDaySaysThatItsOwnWindowHasEnded() {
        Incident incident = Given.lagging(CART, LAG.minus(Duration.ofDays(1)));

        assertThat(windowLine(incident, LAG, desired(CART, 7)))
                .isEqualTo("window midnight-peak, from 2026-11-22 22:31:00 Asia/Seoul to 2026-11-23 02:05:00"
                        + " Asia/Seoul; the window of the incident, midnight-peak, has ended"
                        + " (schedule shop/cart-midnight)");
    }

    private static String windowLine(Incident incident, Instant end, io.tidewatch.model.definition.DesiredBounds now) {
        Pass pass = Given.pass(end.plusSeconds(30), List.of(now), List.of(), List.of());
        AlertMessage message = only(
                pass,
                Given.ended(end.plusSeconds(30), over(incident, end, "5 of 5 available")),
                List.of(),
                List.of(sent("chat", incident)));
        return message.body()
                .lines()
                .filter(line -> line.contains("window"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aMinimumThatIsNotTheDesiredMinimumStandsBesideIt() {
        Incident incident = Given.lagging(CART, LAG);
        Pass pass = Given.pass(
                LAG,
                List.of(desired(CART, 7)),
                List.of(diagnosis(incident, Hop.SCALED_OBJECT, 7, 1, counters(1, 1))),
                List.of(seen(CART, 1, counters(1, 1), "Healthy")));

        assertThat(only(pass, Given.opened(LAG, incident), List.of(), List.of())
                        .body()
                        .lines())
                .contains(
                        "ScaledObject: minimum 1, desired is 7  ← here",
                        "HPA: minimum 1, desired is 7, requests 1 replica");
    }

    @Test
    void severalBeginTogether() {
        Incident first = Given.lagging(CART, LAG);
        Incident second = Given.lagging(CHECKOUT, LAG.plusSeconds(10));

        AlertMessage message = only(
                Given.lagging(LAG.plusSeconds(10), first, second),
                Given.opened(LAG.plusSeconds(10), second),
                List.of(),
                List.of(Given.told("chat", first)));

        assertThat(asRead(message)).isEqualTo(read("several-begin.txt"));
        assertThat(message.id()).isEqualTo(first.id() + "/opened/chat");
        assertThat(message.about()).containsExactly(first.id(), second.id());
        assertThat(message.due()).isEqualTo(LAG.plusSeconds(30));
    }

    @Test
    void severalEndWithTheLastOfThem() {
        Incident first = Given.lagging(CART, LAG);
        Incident second = Given.lagging(CHECKOUT, LAG.plusSeconds(10));
        Incident firstOver = over(first, LAG.plusSeconds(90), "7 of 7 available");
        Instant end = LAG.plus(Duration.ofMinutes(6));
        Incident secondOver = over(second, end, "8 of 8 available");
        Pass pass =
                Given.pass(end.plusSeconds(30), List.of(desired(CART, 7), desired(CHECKOUT, 7)), List.of(), List.of());

        AlertMessage message = only(
                pass,
                Given.ended(end.plusSeconds(30), secondOver),
                List.of(),
                List.of(sent("chat", firstOver, second)));

        assertThat(asRead(message)).isEqualTo(read("several-end.txt"));
        assertThat(message.conversation()).isEqualTo(first.id());
        assertThat(message.moment()).isEqualTo(Moment.ENDED);
    }

    @Test
    void ofAThousandAFewAreDescribedInFullAndSomeAreNamed() {
        Incident[] many = new Incident[1_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = Given.lagging(new Target("shop", "t%03d".formatted(i)), LAG);
        }

        AlertMessage message = only(Given.lagging(LAG, many), Given.opened(LAG, many), List.of(), List.of());

        assertThat(message.headline())
                .isEqualTo("shop/t000, shop/t001, shop/t002 and 997 more: Unschedulable, 5000 of 7000 available");
        assertThat(message.body())
                .contains("\nand 980 more: shop/t020, ")
                .contains("shop/t219, …\n")
                .endsWith("next: ./tidewatch diagnose -n shop");
        assertThat(message.body()).as("what Slack takes").hasSizeLessThan(40_000);
        assertThat(message.about()).hasSize(1_000);
    }

    @Test
    void aTargetWhoseScheduleAndObjectsAreGoneHasAMessageAllTheSame() {
        Incident incident = Given.lagging(CART, LAG);
        Pass nothing = Given.pass(LAG, List.of(), List.of(), List.of());

        AlertMessage message = only(nothing, Given.opened(LAG, incident), List.of(), List.of());

        assertThat(message.body().lines())
                .containsExactly(
                        "critical, since 2026-11-22 13:36:00 Z",
                        "AvailabilityLag: Unschedulable",
                        "remedies: none (the schedule is gone)",
                        "next: ./tidewatch diagnose cart -n shop");
    }

    @Test
    void aHopThatCouldNotBeObservedIsNotReportedAsAbsent() {
        Incident incident = Given.incident(CART, LAG, State.FAILED, Optional.of(Cause.TARGET_MISSING), "no Rollout");
        var seen = new io.tidewatch.model.cluster.TargetObservation(
                CART,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                java.util.Set.of("HorizontalPodAutoscaler"));
        Pass pass = Given.pass(
                LAG,
                List.of(desired(CART, 7)),
                List.of(diagnosis(incident, Hop.SCALED_OBJECT, 7, 0, counters(0, 0))),
                List.of(seen));

        assertThat(only(pass, Given.opened(LAG, incident), List.of(), List.of())
                        .body()
                        .lines())
                .contains("ScaledObject: none  ← here", "HPA: not seen", "Rollout: none", "ReplicaSet: none");
    }

    @Test
    void theHeadlineFitsALockScreenWhateverOthersWrite() {
        Incident incident = Given.incident(
                CART,
                LAG,
                State.FAILED,
                Optional.empty(),
                "the API server refuses:\n\tadmission webhook \u0007 said " + "no ".repeat(100));

        String headline = only(Given.lagging(LAG, incident), Given.opened(LAG, incident), List.of(), List.of())
                .headline();

        assertThat(headline)
                .startsWith("shop/cart: the API server refuses: admission webhook said no")
                .endsWith("…")
                .hasSizeLessThanOrEqualTo(120)
                .doesNotContain("\n", "\t", "\u0007");
    }

    /** On a real control plane the first line ended before the name of the setting, and nothing else had it. */
    @Test
    void theSettingThatFixesAProblemIsInTheMessage() {
        Incident argo =
                overwritten(CART, "argocd-controller", "in the Argo CD Application write ignoreDifferences: […]");
        Incident flux = overwritten(CHECKOUT, "flux", FLUX_RULE);
        Incident other = overwritten(new Target("shop", "web"), "flux", FLUX_RULE);

        assertThat(only(Given.lagging(LAG, argo), Given.opened(LAG, argo), List.of(), List.of())
                        .body()
                        .lines())
                .contains(argo.summary());
        AlertMessage several =
                only(Given.lagging(LAG, argo, flux, other), Given.opened(LAG, argo, flux, other), List.of(), List.of());
        assertThat(several.body().lines().filter(line -> line.startsWith("to fix it: ")))
                .containsExactly(
                        "to fix it: in the Argo CD Application write ignoreDifferences: […]",
                        "to fix it: " + FLUX_RULE);
    }

    private static Incident overwritten(Target target, String manager, String rule) {
        return Given.incident(
                target,
                LAG,
                State.AVAILABILITY_LAG,
                Optional.of(Cause.REPLICAS_OVERWRITTEN),
                "the HPA desires 8, the Rollout has 5: " + manager + " keeps overwriting spec.replicas (last at " + LAG
                        + "); to fix it: " + rule);
    }

    @Test
    void theReasonForNoRemedyIsShown() {
        Incident incident = stale(CART, LAG);
        Pass none = Given.pass(LAG, List.of(desired(CART, 5)), List.of(), List.of());
        Pass another = Given.pass(LAG, List.of(desired(CART, 5, NUDGES)), List.of(), List.of());

        assertThat(only(none, Given.opened(LAG, incident), List.of(), List.of()).body())
                .contains("remedies: none (the schedule names no remedy)");
        assertThat(only(another, Given.opened(LAG, incident), List.of(), List.of())
                        .body())
                .contains("remedies: none (no remedy of the schedule applies to this cause)");
    }
}
