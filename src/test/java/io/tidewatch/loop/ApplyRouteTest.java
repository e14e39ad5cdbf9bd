package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.app.RouteErrors;
import io.tidewatch.cluster.InFlight;
import io.tidewatch.cluster.RateLimit;
import io.tidewatch.loop.apply.ApplyStage;
import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.model.report.Pass;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.junit.jupiter.api.Test;

/** How routes/60-apply.yaml carries a plan out: side by side, bounded, and never two actions of one target at once. */
class ApplyRouteTest extends CamelMainTestSupport {

    private static final Instant NIGHT = Instant.parse("2026-11-22T13:30:00Z");
    private static final int IN_FLIGHT = 4;
    private static final int PER_SECOND = 10;
    private static final int TARGETS = 12;
    private static final String SLOW = "slow";

    private final Set<Target> busy = ConcurrentHashMap.newKeySet();
    private final List<String> overlaps = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final CountDownLatch others = new CountDownLatch(2 * TARGETS);
    private final BlockingQueue<String> woken = new LinkedBlockingQueue<>();

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        configuration.withRoutesIncludePattern("file:routes/60-apply.yaml,file:routes/90-errors.yaml");
        configuration.addConfiguration(new CamelConfiguration() {
            @Override
            public void configure(CamelContext context) throws Exception {
                bind(context, context.getRegistry());
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:request-pass").process(exchange -> woken.add("again"));
                    }
                });
            }
        });
    }

    @Override
    protected Properties useOverridePropertiesWithPropertiesComponent() {
        Properties properties = QuietCamel.properties();
        properties.setProperty("tidewatch.cluster.maxInFlight", Integer.toString(IN_FLIGHT));
        return properties;
    }

    private void bind(CamelContext context, Registry registry) {
        registry.bind("writeRate", new RateLimit(() -> PER_SECOND));
        registry.bind(
                "apply",
                new ApplyStage(
                        this::door,
                        Clock.systemUTC(),
                        edge -> Duration.ofDays(1),
                        new InFlight(IN_FLIGHT),
                        IN_FLIGHT,
                        2,
                        PER_SECOND,
                        () -> false));
        registry.bind("routeErrors", new RouteErrors(Clock.systemUTC(), () -> false));
    }

    /** Stands where the one door stands; the slow target's first write ends when all others are done. */
    private Outcome door(Action action) {
        if (!busy.add(action.target())) {
            overlaps.add(action.target().toString());
        }
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        if (!action.target().name().equals(SLOW)) {
            others.countDown();
        } else if (!isDone(others)) {
            overlaps.add("the slow one kept others waiting");
        }
        running.decrementAndGet();
        busy.remove(action.target());
        if (action.reason().equals("a bug")) {
            throw new IllegalStateException("nobody foresaw this");
        }
        return new Outcome.Done(action, NIGHT, "1");
    }

    private static boolean isDone(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each pass writes what it can; what is left is the next one's, as after a real one. */
    @Test
    void oneSlowRequestTakesNothingButItsOwnPlace() throws InterruptedException {
        List<Action> actions = new ArrayList<>();
        actions.add(action(SLOW, "first"));
        actions.add(action(SLOW, "second"));
        for (String step : List.of("first", "second")) {
            for (int i = 0; i < TARGETS; i++) {
                actions.add(action("web-" + i, step));
            }
        }

        List<Outcome> outcomes = new ArrayList<>();
        List<Action> left = new ArrayList<>(actions);
        for (int passes = 0; passes < 60 && !left.isEmpty(); passes++) {
            Pass done = template().requestBody("direct:apply", pass(left), Pass.class);
            outcomes.addAll(done.outcomes());
            done.outcomes().forEach(outcome -> left.remove(outcome.action()));
            if (done.outcomes().isEmpty()) {
                woken.poll(30, TimeUnit.SECONDS);
            }
        }

        assertThat(overlaps).isEmpty();
        assertThat(most.get()).isBetween(2, IN_FLIGHT);
        Map<Target, List<String>> order = new ConcurrentHashMap<>();
        outcomes.forEach(outcome -> order.computeIfAbsent(outcome.action().target(), target -> new ArrayList<>())
                .add(outcome.action().reason()));
        assertThat(order).hasSize(TARGETS + 1);
        assertThat(order.values()).allMatch(List.of("first", "second")::equals);
    }

    /** On a slow machine the slice may end before all are sent. */
    @Test
    void whatNobodyForesawStopsNoOther() {
        List<Action> left = new ArrayList<>(
                List.of(action("web-1", "a bug"), action("web-1", "after it"), action("web-2", "first")));
        List<Outcome> outcomes = new ArrayList<>();
        for (int passes = 0; passes < 20 && !left.isEmpty(); passes++) {
            Pass done = template().requestBody("direct:apply", pass(left), Pass.class);
            outcomes.addAll(done.outcomes());
            done.outcomes().forEach(outcome -> left.remove(outcome.action()));
        }

        assertThat(outcomes)
                .extracting(outcome ->
                        outcome.action().reason() + ": " + outcome.getClass().getSimpleName())
                .containsExactlyInAnyOrder("a bug: Failed", "after it: Done", "first: Done");
    }

    @Test
    void nothingToDoIsAPassAsItWas() {
        Pass pass = pass(List.of());

        assertThat(template().requestBody("direct:apply", pass, Pass.class)).isSameAs(pass);
    }

    /** Only a lower bound: a slow machine may take longer, a throttle that does not throttle cannot. */
    @Test
    void turnsComeAtTheirRate() {
        long begun = System.nanoTime();
        for (int i = 0; i < 2 * PER_SECOND + 1; i++) {
            template().sendBody("bean:writeRate?method=await", "");
        }
        assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1_900));
    }

    private static Action action(String name, String reason) {
        return new Action.SetMinReplicas(
                AutoscalerKind.SCALED_OBJECT,
                new Target("shop", name),
                new Action.Version("uid", "1"),
                OptionalInt.of(5),
                7,
                Optional.empty(),
                Map.of("kind", "ScaledObject"),
                false,
                reason);
    }

    private static Pass pass(List<Action> actions) {
        return Pass.begin(Definitions.NONE, new DesiredState(NIGHT, new TreeMap<>(), new TreeSet<>()), Diagnoses.NONE)
                .with(new Plan(NIGHT, actions, List.of(), Optional.empty()));
    }
}
