package io.tidewatch.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random elections of three replicas with unrelated monotonic clocks, over a network that delays and loses, with replicas that are
 * stopped for longer than a lease, killed and restarted. What must hold is worked out from the API server's side alone.
 */
class RandomElectionsTest {

    private static final LeaseTimes TIMES = LeaseTimes.of(Duration.ofSeconds(10));
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long LENGTH = 600 * SECOND;
    private static final int ELECTIONS = Integer.getInteger("tidewatch.elections", 300);
    private static final long FIRST_SEED = 20_261_130;

    @Test
    void twoReplicasNeverLeadAtOnceAndSomebodyAlwaysLeadsInTheEnd() {
        Map<String, Integer> seen = new HashMap<>();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + ELECTIONS; seed++) {
            World world = new World(seed);
            world.run();
            assertThat(world.conflicts).as("seed %d", seed).isEmpty();
            assertThat(world.leaderAtTheEnd())
                    .as("seed %d: a leader after a quiet minute", seed)
                    .isTrue();
            world.counts.forEach((what, count) -> seen.merge(what, count, Integer::sum));
        }
        System.out.println(ELECTIONS + " elections from seed " + FIRST_SEED + ": " + seen);
        assertThat(seen.keySet()).contains("taken", "renewed", "refused", "stopped", "killed", "lost");
    }

    /** What happens at an instant of the world's own clock. */
    private record Event(long at, long order, Runnable what) {}

    /** An API server with one Lease, a network, and replicas. */
    private static final class World {

        final Random random;
        final List<String> conflicts = new ArrayList<>();
        final Map<String, Integer> counts = new HashMap<>();
        private final PriorityQueue<Event> events = new PriorityQueue<>((one, other) ->
                one.at != other.at ? Long.compare(one.at, other.at) : Long.compare(one.order, other.order));
        private final Replica[] replicas = new Replica[3];
        private long now;
        private long order;
        private Optional<LeaseRecord> lease = Optional.empty();
        private int version;

        World(long seed) {
            random = new Random(seed);
            for (int i = 0; i < replicas.length; i++) {
                replicas[i] = new Replica(this, "r" + i);
            }
        }

        void run() {
            for (Replica replica : replicas) {
                in(random.nextLong(5 * SECOND), replica::step);
            }
            in(random.nextLong(30 * SECOND), this::trouble);
            while (!events.isEmpty() && events.peek().at <= LENGTH) {
                Event next = events.poll();
                now = next.at;
                next.what.run();
                check();
            }
        }

        void in(long nanos, Runnable what) {
            events.add(new Event(now + nanos, order++, what));
        }

        void count(String what) {
            counts.merge(what, 1, Integer::sum);
        }

        boolean isQuiet() {
            return now > LENGTH - 90 * SECOND;
        }

        private void trouble() {
            if (isQuiet()) {
                return;
            }
            Replica replica = replicas[random.nextInt(replicas.length)];
            if (random.nextBoolean()) {
                replica.stopFor(random.nextLong(50 * SECOND));
            } else {
                replica.restart();
            }
            in(random.nextLong(40 * SECOND), this::trouble);
        }

        /** How long a message travels; most are fast, some take longer than a client waits. */
        long journey() {
            return isQuiet() || random.nextInt(10) > 0 ? random.nextLong(SECOND / 20) : random.nextLong(12 * SECOND);
        }

        boolean isLost() {
            return !isQuiet() && random.nextInt(25) == 0;
        }

        Optional<LeaseRecord> write(LeaseRecord wanted) {
            if (!lease.map(LeaseRecord::version).orElse("").equals(wanted.version())) {
                count("refused");
                return Optional.empty();
            }
            count(lease.map(LeaseRecord::term).orElse(0) == wanted.term() ? "renewed" : "taken");
            version++;
            lease = Optional.of(
                    new LeaseRecord(wanted.holder(), wanted.duration(), wanted.term(), Integer.toString(version), ""));
            return lease;
        }

        /** Two leaders at one instant, or a leader in a term that the Lease has left for another one. */
        private void check() {
            List<String> leaders = new ArrayList<>();
            for (Replica replica : replicas) {
                replica.election
                        .term(replica.nanos())
                        .ifPresent(term -> leaders.add(replica.name + " in term " + term));
            }
            if (leaders.size() > 1) {
                conflicts.add(now / SECOND + " s: " + leaders);
            }
        }

        boolean leaderAtTheEnd() {
            for (Replica replica : replicas) {
                if (replica.election.term(replica.nanos()).isPresent()) {
                    return true;
                }
            }
            return false;
        }
    }

    /** One replica. It sends one request at a time, and gives up after three seconds. */
    private static final class Replica {

        private final World world;
        private final String name;
        private long offset;
        private int life;
        private long stoppedUntil;
        private int request;
        Election election;

        Replica(World world, String name) {
            this.world = world;
            this.name = name;
            this.offset = world.random.nextLong();
            this.election = new Election(name + "-0", Set.of(), TIMES);
        }

        long nanos() {
            return world.now + offset;
        }

        void stopFor(long nanos) {
            world.count("stopped");
            stoppedUntil = Math.max(stoppedUntil, world.now + nanos);
        }

        /** Killed, and started again with a clock of its own, mostly on the same state directory. */
        void restart() {
            world.count("killed");
            life++;
            request++;
            offset = world.random.nextLong();
            stoppedUntil = 0;
            election = new Election(name + "-" + life, world.random.nextInt(3) > 0 ? livesBefore() : Set.of(), TIMES);
            step();
        }

        private Set<String> livesBefore() {
            return IntStream.range(0, life)
                    .mapToObj(ended -> name + "-" + ended)
                    .collect(Collectors.toSet());
        }

        /** Runs when this life of the replica is not stopped; never in another life. */
        private void whenAwake(int inLife, Runnable what) {
            if (inLife == life) {
                if (world.now < stoppedUntil) {
                    world.in(stoppedUntil - world.now, () -> whenAwake(inLife, what));
                } else {
                    what.run();
                }
            }
        }

        void step() {
            int own = ++request;
            int ofLife = life;
            whenAwake(ofLife, () -> {
                Optional<LeaseRecord> renewal = election.renewal(nanos());
                if (renewal.isPresent()) {
                    write(renewal.get(), own);
                } else {
                    read(own);
                }
            });
            world.in(
                    3 * SECOND,
                    () -> whenAwake(ofLife, () -> {
                        if (own == request) {
                            step();
                        }
                    }));
        }

        private void read(int own) {
            int ofLife = life;
            send(() -> {
                Optional<LeaseRecord> answer = world.lease;
                answered(() -> whenAwake(ofLife, () -> {
                    if (own == request) {
                        election.read(answer, nanos());
                        election.candidacy(nanos()).ifPresentOrElse(wanted -> write(wanted, own), () -> later(own));
                    }
                }));
            });
        }

        private void write(LeaseRecord wanted, int own) {
            int ofLife = life;
            long sentAt = nanos();
            // the process may be stopped between the reading of its clock and the sending
            Runnable sending = () -> send(() -> {
                Optional<LeaseRecord> answer = world.write(wanted);
                answered(() -> whenAwake(ofLife, () -> {
                    if (own == request) {
                        answer.ifPresentOrElse(written -> election.written(written, sentAt), () -> {});
                        if (answer.isPresent()) {
                            later(own);
                        } else {
                            read(own);
                        }
                    }
                }));
            });
            world.in(world.random.nextLong(SECOND / 100), () -> whenAwake(ofLife, sending));
        }

        private void later(int own) {
            int ofLife = life;
            world.in(
                    2 * SECOND,
                    () -> whenAwake(ofLife, () -> {
                        if (own == request) {
                            step();
                        }
                    }));
        }

        /** A request that was sent arrives even if its sender was killed since. */
        private void send(Runnable arriving) {
            if (world.isLost()) {
                world.count("lost");
            } else {
                world.in(world.journey(), arriving);
            }
        }

        private void answered(Runnable arriving) {
            if (world.isLost()) {
                world.count("lost");
            } else {
                world.in(world.journey(), arriving);
            }
        }
    }
}
