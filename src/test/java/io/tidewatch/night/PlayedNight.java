package io.tidewatch.night;

import io.tidewatch.playground.Playground;
import io.tidewatch.playground.clock.PlaygroundClock;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import io.tidewatch.wire.Weather;
import io.tidewatch.wire.WireProxy;
import io.tidewatch.wire.WireRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * A night with its edges half an hour apart, from outside the application: objects from Git, an edge up, a target that lags until a node joins, an
 * edge down with the founding incident, a new image. Between the application and its cluster, and between it and Slack,
 * stands a proxy. The story goes on by what the cluster and the inboxes show, never by what the application says; where
 * everybody is quiet, time leaps.
 */
final class PlayedNight implements AutoCloseable {

    private static final Instant BEGINS = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant UP = Instant.parse("2026-11-22T13:30:00Z");
    private static final Instant CART_UP = UP.plus(Duration.ofMinutes(30));
    private static final Instant LAG = CART_UP.plus(Duration.ofMinutes(6).plusSeconds(30));
    private static final Instant DOWN = Instant.parse("2026-11-22T17:00:00Z");
    private static final Instant CART_DOWN = DOWN.plus(Duration.ofMinutes(30));
    private static final Instant COMMIT = Instant.parse("2026-11-23T00:00:00Z");

    private static final double PACE = 3;
    private static final Duration STEP = Duration.ofSeconds(4);
    private static final Duration SETTLING = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(25);
    private static final Duration QUIET = Duration.ofMillis(120);
    private static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("tidewatch.night.patience", 180));
    private static final Duration SHORT_OF_CPU = Duration.ofSeconds(4);
    private static final Duration QUICK = Duration.ofMillis(15);

    /** What is watched always; Events and Leases, which are watched while a target lags, may be cut off unseen. */
    private static final Set<String> WATCHES = Set.of(
            "watch scaledobjects shop",
            "watch horizontalpodautoscalers shop",
            "watch rollouts shop",
            "watch replicasets shop",
            "watch pods shop",
            "watch deployments keda",
            "watch deployments argo-rollouts");

    private static final int LATEST = 25;

    /** The chapters, in their order. */
    enum Chapter {
        FIRST_COMMIT,
        EDGE_UP,
        LAG,
        RECOVERY,
        EDGE_DOWN,
        LAST_EDGE,
        NEW_IMAGE
    }

    private final Path folder;
    private final Playground playground;
    private final WireProxy cluster;
    private final WireProxy slack;
    private final ClusterLook look;
    private final Map<String, String> definitions = definitions();

    private PlayedNight(Path folder, Weather weather, Optional<SSLContext> certificate) {
        this.folder = folder;
        this.playground = Playground.start(
                folder,
                BEGINS,
                PACE,
                "Dana",
                SimulationOptions.of(RolloutsVersion.V1_7_2).withNodes(12).withHpaSyncPeriod(Duration.ofSeconds(3)));
        this.cluster = WireProxy.start(playground.cluster().port(), weather, certificate);
        URI webhook = URI.create(playground.slack().webhookUrl());
        this.slack = WireProxy.start(webhook.getPort(), weather);
        this.look = ClusterLook.at(playground.cluster());
        playground.createService("shop", "checkout");
        NightConfiguration.write(
                folder, playground, slack.url() + webhook.getPath().substring(1));
    }

    /** @param folder empty */
    static PlayedNight open(Path folder, Weather weather) {
        return new PlayedNight(folder, weather, Optional.empty());
    }

    static PlayedNight open(Path folder, Weather weather, SSLContext certificate) {
        return new PlayedNight(folder, weather, Optional.of(certificate));
    }

    WireProxy cluster() {
        return cluster;
    }

    WireProxy slack() {
        return slack;
    }

    Playground playground() {
        return playground;
    }

    ClusterLook look() {
        return look;
    }

    Path folder() {
        return folder;
    }

    /** @param begins told of each chapter before it begins */
    NightEnd play(Application application, Consumer<Chapter> begins) {
        begins.accept(Chapter.FIRST_COMMIT);
        playground.operator().commit("scale the shop up before midnight", definitions);
        application.start(folder, cluster.url(), playground.clock());
        try {
            evening(application, begins);
            night(application, begins);
        } catch (NightStandsStill stuck) {
            throw new AssertionError(
                    stuck.getMessage() + "\n" + NightEnd.of(this).text() + "\nsaid\n  "
                            + String.join("\n  ", application.said()) + "\nlogged\n  "
                            + String.join("\n  ", application.logged()),
                    stuck);
        } finally {
            application.stop();
        }
        return NightEnd.of(this);
    }

    private void evening(Application application, Consumer<Chapter> begins) {
        until(application, "five pods each", () -> look.isHealthy("checkout", 5) && look.isHealthy("cart", 5));
        until(application, "HPAs at five", () -> follows("checkout", 5) && follows("cart", 5));
        until(application, "handed over to the autoscaler", () -> isHandedOver("checkout") && isHandedOver("cart"));
        settle(application, Map.of("checkout", 5, "cart", 5));
        begins.accept(Chapter.EDGE_UP);
        leap(UP);
        until(application, "checkout at seven", () -> look.isHealthy("checkout", 7));
        settle(application, Map.of("checkout", 7));
        leap(CART_UP);
        until(application, "cart's minimum at seven", () -> follows("cart", 7));
        until(application, "cart's pods asked for", () -> replicas("cart") == 7);
        settle(application, Map.of("checkout", 7));
        begins.accept(Chapter.LAG);
        leap(LAG);
        until(application, "the incident told", () -> isTold(1));
        settle(application, Map.of("checkout", 7));
        begins.accept(Chapter.RECOVERY);
        playground.controllers().addNode(20);
        until(application, "cart at seven", () -> look.isHealthy("cart", 7));
        until(application, "its end told", () -> isTold(2));
        settle(application, Map.of("checkout", 7, "cart", 7));
    }

    private void night(Application application, Consumer<Chapter> begins) {
        playground.controllers().staleReplicaSetCacheOnNextScale("shop", "checkout");
        playground.controllers().rolloutsReactAfter(SHORT_OF_CPU);
        begins.accept(Chapter.EDGE_DOWN);
        leap(DOWN);
        until(application, "checkout's minimum at five", () -> follows("checkout", 5));
        until(application, "five pods", () -> replicas("checkout") == 5 && look.readyPods("checkout") == 5);
        until(application, "a nudge that helped", () -> look.isHealthy("checkout", 5));
        playground.controllers().rolloutsReactAfter(QUICK);
        settle(application, Map.of("checkout", 5, "cart", 7));
        begins.accept(Chapter.LAST_EDGE);
        leap(CART_DOWN);
        until(application, "cart at five", () -> follows("cart", 5) && look.isHealthy("cart", 5));
        settle(application, Map.of("checkout", 5, "cart", 5));
        begins.accept(Chapter.NEW_IMAGE);
        leap(COMMIT);
        playground
                .operator()
                .commit(
                        "checkout 2",
                        Map.of("checkout.yaml", definitions.get("checkout.yaml").replace("checkout:1", "checkout:2")));
        until(
                application,
                "the new image",
                () -> look.image("checkout").endsWith(":2")
                        && look.isHealthy("checkout", 5)
                        && look.readyPods("checkout") == 5);
        settle(application, Map.of("checkout", 5, "cart", 5));
    }

    private boolean follows(String name, int minimum) {
        return look.minimum(name) == minimum
                && look.hpa(name).path("spec").path("minReplicas").asInt() == minimum;
    }

    private int replicas(String rollout) {
        return look.rollout(rollout).path("spec").path("replicas").asInt();
    }

    private boolean isHandedOver(String rollout) {
        return !ClusterLook.owners(look.rollout(rollout), "spec", "replicas").contains("tidewatch");
    }

    private boolean isTold(int times) {
        return playground.slack().messages().stream().distinct().count() >= times
                && playground.mail().mails().stream().distinct().count() >= times;
    }

    /** Waits for a state of the cluster or an inbox; while everybody is quiet, time leaps a little. */
    private void until(Application application, String what, BooleanSupplier there) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Silence silence = new Silence(application);
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new NightStandsStill(
                        "no " + what + " at " + playground.clock().instant() + ", "
                                + "watched " + cluster.watched() + ", latest requests "
                                + cluster.requests().stream()
                                        .skip(Math.max(0, cluster.requests().size() - LATEST))
                                        .map(WireRequest::label)
                                        .toList());
            }
            if (silence.lasts()) {
                playground.clock().jumpTo(playground.clock().instant().plus(STEP));
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /**
     * Until the application has seen these targets converged, nobody asks the API server for anything, and goes on not asking
     * for a minute.
     */
    private void settle(Application application, Map<String, Integer> converged) {
        converged.forEach((target, pods) -> until(
                application,
                "look that finds " + target + " converged with " + pods,
                () -> application.sees(target, pods)));
        for (int third = 0; third < 3; third++) {
            Silence silence = new Silence(application);
            until(application, "quiet", silence::lasts);
            playground.clock().jumpTo(playground.clock().instant().plus(SETTLING));
        }
    }

    /** To three seconds before an instant; what is later already goes on as it is. */
    private void leap(Instant to) {
        PlaygroundClock clock = playground.clock();
        Instant before = to.minusSeconds(3);
        if (clock.instant().isBefore(before)) {
            clock.jumpTo(before);
        }
    }

    /**
     * Whether the controllers have nothing to do and the application asks for nothing and watches everything: a leap while
     * it is blind would be an outage of minutes.
     */
    private final class Silence {
        private final Application application;
        private int requests = -1;
        private long since = System.nanoTime();

        Silence(Application application) {
            this.application = application;
        }

        boolean lasts() {
            int now = cluster.requests().size() + slack.requests().size();
            if (now != requests
                    || !application.isUp()
                    || !cluster.watched().containsAll(WATCHES)
                    || !playground.controllers().isIdle()) {
                requests = now;
                since = System.nanoTime();
            }
            boolean lasts = System.nanoTime() - since > QUIET.toNanos();
            if (lasts) {
                since = System.nanoTime();
            }
            return lasts;
        }
    }

    private static Map<String, String> definitions() {
        Map<String, String> files = new LinkedHashMap<>();
        for (String name : new String[] {"checkout.yaml", "cart.yaml", "schedules.yaml"}) {
            try (InputStream text = PlayedNight.class.getResourceAsStream("/night/" + name)) {
                files.put(
                        name,
                        new String(text.readAllBytes(), StandardCharsets.UTF_8)
                                .replace("31 22 * * *", "0 23 * * *")
                                .replace("5 2 * * *", "30 2 * * *"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    @Override
    public void close() {
        cluster.close();
        slack.close();
        playground.close();
    }

    /** Something that was waited for did not come. */
    private static final class NightStandsStill extends RuntimeException {
        NightStandsStill(String what) {
            super(what);
        }
    }
}
