package io.tidewatch.definition.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.SourceDefinitions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A repository reaches no further than its operator allows. */
class ScopeTest {

    private static final String TWO_NAMESPACES = """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: checkout, namespace: shop}
            spec:
              scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: checkout}
              triggers: [{type: cron, metadata: {value: "70"}}]
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: ledger, namespace: bank}
            spec:
              scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: ledger}
              triggers: [{type: cron, metadata: {value: "70"}}]
            """;

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: cart, namespace: evil}
            spec:
              scaledObjectRef: {name: cart}
              timeZone: UTC
              baseline: {minReplicas: 3}
              windows:
                - {name: odd, start: "0 8 * * *", end: "0 9 * * *", minReplicas: 7, except: [other/closed]}
            """;

    private static final String CLOSED = """
            ---
            apiVersion: tidewatch.io/v1alpha1
            kind: Calendar
            metadata: {name: closed, namespace: other}
            spec:
              dates: [{from: 2026-01-01, to: 2030-01-01}]
            """;

    @Test
    void objectsOutsideOfTheNamespacesAreLeftOutAndReported() {
        SourceDefinitions limited = read(new Scope(Set.of("shop")), TWO_NAMESPACES);

        assertThat(limited.manifests())
                .extracting(manifest -> manifest.key().name())
                .containsExactly("checkout");
        assertThat(limited.problems())
                .filteredOn(problem -> problem.code().equals("outside-namespaces"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(8);
                    assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
                    assertThat(problem.message())
                            .isEqualTo("ScaledObject ledger is left out: this source may speak for shop, not for bank");
                });
    }

    @Test
    void noNamespacesMeanAll() {
        assertThat(read(Scope.ALL, TWO_NAMESPACES).manifests()).hasSize(2);
    }

    /** The neighbour's calendar closes every day; taking it for no restriction opened the window. */
    @Test
    void aCalendarOutsideIsMissingAndItsScheduleStaysAsItWas() {
        Scope evil = new Scope(Set.of("evil"));
        SourceDefinitions good = read(evil, SCHEDULE.replace("except: [other/closed]", "except: []"));

        SourceDefinitions read =
                new DefinitionReader(evil).read(checkout(SCHEDULE + CLOSED), Optional.of(good), PastTexts.NONE);

        assertThat(read.problems()).filteredOn(Problem::isError).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("missing-calendar");
            assertThat(problem.path()).isEqualTo("spec.windows[0].except[0]");
        });
        assertThat(read.schedules()).isEqualTo(good.schedules());
        assertThat(read.calendars()).isEmpty();
    }

    @Test
    void aCalendarOutsideIsMissingFromAVersionOfThePastToo() {
        PastTexts past = path -> Stream.of(new PastTexts.PastText("old", SCHEDULE + CLOSED));

        SourceDefinitions read =
                new DefinitionReader(new Scope(Set.of("evil"))).read(checkout("kind: [broken"), Optional.empty(), past);

        assertThat(read.schedules()).isEmpty();
    }

    @Test
    void anUnknownReceiverKeepsTheLastGoodInForce() {
        Scope scope = new Scope(Set.of(), Optional.of(Set.of("payments-slack")));
        SourceDefinitions good = read(scope, told("payments-slack"));

        SourceDefinitions read =
                new DefinitionReader(scope).read(checkout(told("payment-slack")), Optional.of(good), PastTexts.NONE);

        assertThat(read.problems()).filteredOn(Problem::isError).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("unknown-receiver");
            assertThat(problem.path()).isEqualTo("spec.alerts.receivers[0]");
            assertThat(problem.message())
                    .isEqualTo("no receiver payment-slack is configured; did you mean payments-slack?");
        });
        assertThat(read.schedules().get(0).alerts().receivers()).containsExactly("payments-slack");
    }

    /** A receiver that the configuration lost must not take what its schedules raise out of force. */
    @Test
    void afterARestartAFileWithAnUnknownReceiverCountsAsItStands() {
        Scope scope = new Scope(Set.of(), Optional.of(Set.of("oncall")));
        PastTexts past = path ->
                Stream.of(new PastTexts.PastText("old", told("oncall").replace("minReplicas: 3", "minReplicas: 2")));

        SourceDefinitions read = new DefinitionReader(scope).read(checkout(told("gone")), Optional.empty(), past);

        assertThat(read.hasErrors()).isTrue();
        assertThat(read.schedules().get(0).baseline().orElseThrow().minReplicas())
                .isEqualTo(3);
    }

    private static String told(String receiver) {
        return SCHEDULE.replace("except: [other/closed]", "except: []") + "  alerts: {receivers: [" + receiver + "]}\n";
    }

    private static SourceDefinitions read(Scope scope, String text) {
        return new DefinitionReader(scope).read(checkout(text), Optional.empty(), PastTexts.NONE);
    }

    private static Checkout checkout(String text) {
        TreeMap<String, String> files = new TreeMap<>(Map.of("a.yaml", text));
        Commit commit = new Commit("shop", "3f2c1ab9", "Dana", Instant.EPOCH, "");
        return new Checkout(commit, files, files.keySet());
    }
}
