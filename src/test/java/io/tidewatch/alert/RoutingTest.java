package io.tidewatch.alert;

import static io.tidewatch.alert.Given.CART;
import static io.tidewatch.alert.Given.LAG;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Severity;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.definition.Alerting.Route;
import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.report.Incident;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoutingTest {

    private static final Incident CRITICAL_IN_SHOP = Given.lagging(CART, LAG);

    private static List<String> told(Incident incident, Route... routes) {
        return Routing.receivers(
                incident,
                new Alerting(
                        Stream.of("own", "other", "default", "all")
                                .map(RoutingTest::slack)
                                .toList(),
                        List.of(routes),
                        List.of("default"),
                        Optional.empty()));
    }

    private static Receiver slack(String name) {
        return new Receiver.SlackWebhook(name, "https://hooks.example.com/" + name);
    }

    private static Route route(Set<String> namespaces, Set<Severity> severities, String... receivers) {
        return new Route(namespaces, severities, List.of(receivers));
    }

    private static Incident withReceivers(String... receivers) {
        return new Incident(
                "i",
                CART,
                Optional.empty(),
                CRITICAL_IN_SHOP.state(),
                CRITICAL_IN_SHOP.cause(),
                Severity.CRITICAL,
                List.of(receivers),
                LAG,
                Optional.empty(),
                "lags");
    }

    @Test
    void theFirstRouteThatMatchesWins() {
        assertThat(told(
                        CRITICAL_IN_SHOP,
                        route(Set.of("bank"), Set.of(), "bankers"),
                        route(Set.of("shop"), Set.of(Severity.CRITICAL), "first"),
                        route(Set.of("shop"), Set.of(), "second")))
                .containsExactly("first");
    }

    @Test
    void aRouteMatchesOnlyWhenBothItsConditionsDo() {
        assertThat(told(CRITICAL_IN_SHOP, route(Set.of("shop"), Set.of(Severity.WARNING, Severity.INFO), "quiet")))
                .containsExactly("default");
        assertThat(told(CRITICAL_IN_SHOP, route(Set.of("bank"), Set.of(Severity.CRITICAL), "bankers")))
                .containsExactly("default");
    }

    @Test
    void whatARouteLeavesOutMatchesAnything() {
        assertThat(told(CRITICAL_IN_SHOP, route(Set.of(), Set.of(), "all"))).containsExactly("all");
        assertThat(told(CRITICAL_IN_SHOP, route(Set.of(), Set.of(Severity.CRITICAL), "loud")))
                .containsExactly("loud");
    }

    @Test
    void theSchedulesOwnReceiversWinOverAllRoutes() {
        assertThat(told(withReceivers("own", "other"), route(Set.of(), Set.of(), "all")))
                .containsExactly("own", "other");
    }

    @Test
    void whatNoRouteMatchesGoesToTheDefaults() {
        assertThat(told(CRITICAL_IN_SHOP)).containsExactly("default");
    }

    /** A misspelt name silenced a schedule's incidents. */
    @Test
    void whoIsNamedAndNotThereIsStoodInForByTheRoutes() {
        assertThat(told(withReceivers("nosuch"))).containsExactly("default");
        assertThat(told(withReceivers("nosuch"), route(Set.of(), Set.of(), "all")))
                .containsExactly("all");
        assertThat(told(withReceivers("nosuch", "own"))).containsExactly("own");
    }

    @Test
    void noReceiverGetsAMessageTwice() {
        assertThat(told(withReceivers("own", "own"))).containsExactly("own");
        assertThat(told(CRITICAL_IN_SHOP, route(Set.of(), Set.of(), "a", "b", "a")))
                .containsExactly("a", "b");
    }
}
