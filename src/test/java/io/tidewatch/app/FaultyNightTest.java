package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.demo.PlaygroundTimeline;
import io.tidewatch.fixture.LiveScaledObject;
import io.tidewatch.loop.FaultLog;
import io.tidewatch.loop.PlanStage;
import io.tidewatch.loop.RunMode;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.report.Pass;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * The whole application while one target, or the code around all of them, is broken, and after it is mended. What the plan
 * stage is given is changed on the way to it, so it stumbles over that as it would over a mistake of its own.
 */
class FaultyNightTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T13:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final double SPEED = 20;
    private static final List<String> NAMES = List.of("cart", "checkout", "search");
    private static final Target CART = new Target("shop", "cart");

    @TempDir
    private Path folder;

    private final HeardDiary diary = new HeardDiary(PATIENCE);
    private final AtomicReference<UnaryOperator<Pass>> fault = new AtomicReference<>(UnaryOperator.identity());
    private final Logger logger = (Logger) LoggerFactory.getLogger(FaultLog.class);
    private final List<ILoggingEvent> logged = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            logged.add(event);
        }
    };

    /** The plan stage behind whatever is planted in front of it. */
    public static final class PlantedPlan {

        private final PlanStage plan;
        private final AtomicReference<UnaryOperator<Pass>> fault;

        PlantedPlan(PlanStage plan, AtomicReference<UnaryOperator<Pass>> fault) {
            this.plan = plan;
            this.fault = fault;
        }

        public Pass plan(Pass pass) {
            return plan.plan(fault.get().apply(pass));
        }
    }

    @BeforeEach
    void listen() {
        appender.setContext(logger.getLoggerContext());
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
    }

    @Test
    void twoOfThreeAreRaisedAndTheThirdIsReportedUntilItIsFixed() throws InterruptedException {
        try (Playground playground = playground();
                KubernetesClient ours = PlayedCluster.client(playground, "tidewatch")) {
            declare(playground, ours);
            try (Reconciler running = start(playground, ours)) {
                assertThat(running.camel().isStarted()).isTrue();
                diary.await("what is ahead", () -> !diary.said("ownership").isEmpty());
                fault.set(FaultyNightTest::withANamelessWriterOfCart);

                PlayedCluster.leap(playground, OPENS.minusSeconds(5));
                diary.await("the raises", () -> diary.said("minimum-set").size() >= 2);
                diary.await(
                        "the incident",
                        () -> !diary.saidOf("cart", "incident-opened").isEmpty());
                diary.await("its message", () -> !playground.slack().messages().isEmpty());

                assertThat(minimum(ours, "checkout")).isEqualTo(7);
                assertThat(minimum(ours, "search")).isEqualTo(7);
                assertThat(minimum(ours, "cart")).isEqualTo(5);
                ILoggingEvent trace = trace();
                String id = trace.getFormattedMessage().replaceAll("internal error ([0-9a-f]{8}) .*", "$1");
                assertThat(trace.getFormattedMessage()).contains(" in plan of shop/cart: NullPointerException");
                assertThat(diary.saidOf("cart", "incident-opened"))
                        .singleElement()
                        .asString()
                        .contains("internal error " + id + " in plan");
                assertThat(playground.slack().messages())
                        .singleElement()
                        .asString()
                        .contains("shop/cart", id);
                diary.await("the Event", () -> !internalErrors(ours).isEmpty());
                assertThat(internalErrors(ours)).singleElement().satisfies(event -> {
                    assertThat(event.getRegarding().getName()).isEqualTo("cart");
                    assertThat(event.getNote()).contains(id);
                });

                fault.set(UnaryOperator.identity());
                PlayedCluster.leap(playground, OPENS.plus(Duration.ofMinutes(3)));
                diary.await("the late raise", () -> diary.said("minimum-set").size() >= 3);
                PlayedCluster.leap(playground, OPENS.plus(Duration.ofMinutes(5)));
                diary.await(
                        "the end", () -> !diary.saidOf("cart", "incident-ended").isEmpty());
                diary.await("its message", () -> playground.slack().messages().size() >= 2);
                assertThat(minimum(ours, "cart")).isEqualTo(7);
                trace();
            }
        }
    }

    /** No target can be blamed: the pass fails, and goes on as if nothing had been once it can. */
    @Test
    void failuresOutsideOfTheTargetsAreLoggedOnceAndTheWorkIsDoneWhenTheyEnd() throws InterruptedException {
        try (Playground playground = playground();
                KubernetesClient ours = PlayedCluster.client(playground, "tidewatch")) {
            declare(playground, ours);
            try (Reconciler running = start(playground, ours)) {
                assertThat(running.camel().isStarted()).isTrue();
                diary.await("what is ahead", () -> !diary.said("ownership").isEmpty());
                fault.set(pass -> {
                    throw new StackOverflowError();
                });

                PlayedCluster.leap(playground, OPENS.plusSeconds(5));
                diary.await("passes that fail", () -> !logged.isEmpty());
                diary.await("time goes on", () -> playground.clock().instant().isAfter(OPENS.plusSeconds(120)));
                assertThat(NAMES)
                        .allSatisfy(name -> assertThat(minimum(ours, name)).isEqualTo(5));

                fault.set(UnaryOperator.identity());
                diary.await("the raises", () -> diary.said("minimum-set").size() >= 3);
                assertThat(NAMES)
                        .allSatisfy(name -> assertThat(minimum(ours, name)).isEqualTo(7));
                assertThat(trace().getFormattedMessage()).contains(" in plan: StackOverflowError");
                assertThat(trace().getThrowableProxy().getClassName()).isEqualTo(StackOverflowError.class.getName());
            }
        }
    }

    /** The only one at ERROR. */
    private ILoggingEvent trace() {
        assertThat(logged).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getThrowableProxy().getStackTraceElementProxyArray())
                    .isNotEmpty();
        });
        return logged.get(0);
    }

    private Playground playground() {
        return Playground.start(folder, BEGINS, SPEED, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
    }

    private void declare(Playground playground, KubernetesClient ours) {
        TreeMap<String, String> files = new TreeMap<>();
        NAMES.forEach(name -> {
            PlayedCluster.apply(ours, "kubectl", PlayedCluster.rollout(name, 5));
            PlayedCluster.apply(ours, "kubectl", PlayedCluster.scaledObject(name, 5, 20));
            files.put(name + ".yaml", SCHEDULE.formatted(name));
        });
        playground.operator().commit("schedules", files);
    }

    private Reconciler start(Playground playground, KubernetesClient ours) {
        return Reconciler.start(
                PlayedCluster.configuration(playground, folder),
                ours,
                new PlaygroundTimeline(playground.clock()),
                Path.of("").toAbsolutePath(),
                RunMode.ACT,
                WatchdogLimits.withoutExit(),
                checkout -> {},
                diary,
                this::plant);
    }

    private void plant(Registry bound) {
        PlanStage plan = bound.lookupByNameAndType("plan", PlanStage.class);
        bound.unbind("plan");
        bound.bind("plan", new PlantedPlan(plan, fault));
    }

    private static int minimum(KubernetesClient client, String name) {
        return client.genericKubernetesResources(PlayedCluster.kind("ScaledObject"))
                .inNamespace("shop")
                .withName(name)
                .get()
                .<Number>get("spec", "minReplicaCount")
                .intValue();
    }

    private static List<Event> internalErrors(KubernetesClient client) {
        return client.events().v1().events().inNamespace("shop").list().getItems().stream()
                .filter(event -> event.getReason().equals("InternalError"))
                .toList();
    }

    @SuppressWarnings("NullAway") // it is what the plan stumbles over
    private static Pass withANamelessWriterOfCart(Pass pass) {
        Observation seen = pass.observation();
        TreeMap<Target, TargetObservation> targets = new TreeMap<>(seen.targets());
        targets.computeIfPresent(
                CART,
                (target, one) -> new TargetObservation(
                        target,
                        one.scaledObject().map(LiveScaledObject::withANamelessWriter),
                        one.hpa(),
                        one.workload(),
                        one.replicaSets(),
                        one.pods(),
                        one.events(),
                        one.missing()));
        return pass.with(
                pass.cluster(),
                new Observation(seen.at(), seen.observedUntilIn(), targets, seen.controllers(), seen.faults()));
    }

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: %1$s, namespace: shop}
            spec:
              scaledObjectRef: {name: %1$s}
              timeZone: UTC
              baseline: {minReplicas: 5, maxReplicas: 20}
              windows: [{name: peak, start: "30 13 * * *", duration: 30m, minReplicas: 7}]
            """;
}
