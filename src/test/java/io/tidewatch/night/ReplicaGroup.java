package io.tidewatch.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.journal.server.PostgresServer;
import io.tidewatch.wire.Fate;
import io.tidewatch.wire.Weather;
import io.tidewatch.wire.WireRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The replicas of one instance: who of them leads, and what happens to that one. */
final class ReplicaGroup implements AutoCloseable {

    /** Longer than the Lease. */
    private static final Duration TROUBLE = Duration.ofSeconds(32);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A takeover, a trouble, and the start of a process on a loaded machine. */
    private static final Duration MEANWHILE = Duration.ofMinutes(4);

    private static final Duration LOOK = Duration.ofMillis(50);

    private final KubernetesClient client;
    private final SplittableRandom random;
    private final Optional<PostgresServer> journal;
    private final List<Replica> replicas = new ArrayList<>();

    /** @param client of the test */
    ReplicaGroup(KubernetesClient client, SplittableRandom random, Optional<PostgresServer> journal) {
        this.client = client;
        this.random = random;
        this.journal = journal;
    }

    void add(Replica replica) {
        replicas.add(replica);
    }

    void start() {
        replicas.forEach(Replica::start);
    }

    List<Replica> replicas() {
        return List.copyOf(replicas);
    }

    Replica named(String name) {
        return replicas.stream()
                .filter(replica -> replica.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Who leads by the Lease. */
    Optional<Replica> leader() {
        Lease lease = client.leases()
                .inNamespace("default")
                .withName("tidewatch-tidewatch")
                .get();
        return Optional.ofNullable(lease)
                .map(known -> known.getSpec().getHolderIdentity())
                .flatMap(holder -> replicas.stream()
                        .filter(replica -> replica.isHolder(holder))
                        .findFirst());
    }

    Replica awaitLeader(String what) {
        await("a leader for " + what, Instant.now().plus(PATIENCE), () -> leader().isPresent());
        return leader().orElseThrow();
    }

    /** Until what has just struck this leader is to end. */
    void awaitOver(Replica struck, Trouble trouble, String what) {
        if (trouble.endsWithTakeover()) {
            await(
                    what + ": a takeover",
                    Instant.now().plus(PATIENCE),
                    () -> leader().filter(now -> now != struck).isPresent());
        } else {
            sleepUntil(Instant.now().plus(TROUBLE));
        }
    }

    /** Bounded, for what goes on meanwhile. */
    static void join(String what, CompletableFuture<Void> meanwhile) {
        try {
            meanwhile.get(MEANWHILE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @return what ends the trouble */
    Runnable strike(Replica leader, Trouble trouble) {
        return switch (trouble) {
            case KILLED, KILLED_WITH_ITS_NODE -> {
                leader.process().kill();
                leader.respawn(trouble == Trouble.KILLED_WITH_ITS_NODE);
                yield leader::start;
            }
            case STOPPED -> {
                leader.process().signal("STOP");
                yield () -> leader.process().signal("CONT");
            }
            case ENDED -> {
                leader.process().stop();
                leader.process().kill();
                leader.respawn(false);
                yield leader::start;
            }
            case CUT_OFF -> weather(List.of(leader), before(Fate.of(Fate.Kind.RESET)));
            case REQUESTS_HELD ->
                weather(List.of(leader), before(Fate.late(Duration.ofSeconds(15 + random.nextInt(10)))));
            case SLOW_API_SERVER -> weather(replicas, before(Fate.late(Duration.ofMillis(300))));
            case REQUESTS_FROZEN -> freeze(leader, FrozenNetwork.forRequests());
            case ANSWERS_FROZEN -> freeze(leader, FrozenNetwork.forAnswers());
            case CUT_OFF_FROM_ALL -> cutOffFromAll(leader);
            case ALL_FROZEN -> {
                leader.journal().freeze(true);
                Runnable thaw = freeze(leader, FrozenNetwork.forRequests());
                yield () -> {
                    thaw.run();
                    leader.journal().freeze(false);
                };
            }
            case POSTGRES_RESTARTED -> {
                journal.orElseThrow().kill();
                journal.orElseThrow().resume();
                yield () -> {};
            }
            case POSTGRES_AWAY -> {
                journal.orElseThrow().kill();
                yield journal.orElseThrow()::resume;
            }
            case POSTGRES_FROZEN -> {
                journal.orElseThrow().freeze();
                yield journal.orElseThrow()::thaw;
            }
        };
    }

    private static Runnable weather(List<Replica> of, Weather weather) {
        of.forEach(replica -> replica.wire().changeWeather(weather));
        return () -> of.forEach(replica -> replica.wire().changeWeather(Weather.FAIR));
    }

    private static Runnable freeze(Replica leader, FrozenNetwork network) {
        leader.wire().freezeWatches(true);
        Runnable ending = weather(List.of(leader), network);
        return () -> {
            ending.run();
            network.thaw();
            leader.wire().freezeWatches(false);
        };
    }

    private static Runnable cutOffFromAll(Replica leader) {
        Runnable ending = weather(List.of(leader), before(Fate.of(Fate.Kind.RESET)));
        leader.wire().cutAll();
        beAway(leader, true);
        return () -> {
            ending.run();
            beAway(leader, false);
        };
    }

    private static void beAway(Replica leader, boolean away) {
        try {
            leader.journal().beAway(away);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Weather before(Fate fate) {
        return new Weather() {

            @Override
            public Fate before(WireRequest request) {
                return fate;
            }

            @Override
            public Fate after(WireRequest request) {
                return Fate.PASS;
            }
        };
    }

    void await(String what, Instant until, BooleanSupplier there) {
        while (!there.getAsBoolean()) {
            assertThat(Instant.now()).as(() -> what + "; " + said()).isBefore(until);
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** The edges are instants of real time. */
    static void sleepUntil(Instant then) {
        while (Instant.now().isBefore(then)) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** What each replica said and logged. */
    String said() {
        StringBuilder all = new StringBuilder();
        replicas.forEach(replica -> all.append(replica.name())
                .append(" said ")
                .append(replica.said())
                .append(" and logged ")
                .append(replica.process().errors())
                .append('\n'));
        return all.toString();
    }

    @Override
    public void close() {
        replicas.forEach(Replica::close);
    }
}
