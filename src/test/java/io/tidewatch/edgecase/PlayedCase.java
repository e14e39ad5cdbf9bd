package io.tidewatch.edgecase;

import io.tidewatch.cluster.Kinds;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.playground.api.RequestLog;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An edge case, played: a cluster with the target {@code checkout}, Tidewatch over it, and time that moves from one thing that is due to the
 * next. After each change in the cluster, and whenever Tidewatch asked for it, there is a pass. So a case is the same every time, however
 * slow the machine is.
 */
final class PlayedCase implements AutoCloseable {

    static final Target CHECKOUT = new Target("shop", "checkout");

    static final Instant BEGINS = Instant.parse("2026-11-22T13:00:00Z");

    /** The window of {@link Files#schedule} opens: 22:30 in Seoul. */
    static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");

    /** Its end: 02:00 in Seoul. */
    static final Instant CLOSES = Instant.parse("2026-11-22T17:00:00Z");

    /** Long enough for a step of healthy controllers: the HPA syncs every 15 s. */
    static final Duration STEP = Duration.ofSeconds(40);

    /** Longer than {@code follow} and {@code timeout} together: what is missing now is late. */
    static final Duration LATE = Duration.ofMinutes(8);

    private static final int MOST_PASSES_AT_ONCE = 20;

    private final SteppedCluster cluster;
    private final boolean applies;
    private final Map<String, Checkout> commits = new LinkedHashMap<>();
    private Optional<Instance> running = Optional.empty();
    private final List<Integer> minimums = new ArrayList<>();
    private long changes = -1;
    private Optional<Checkout> newest = Optional.empty();

    private PlayedCase(boolean applies, SimulationOptions options) {
        this.cluster = new SteppedCluster(BEGINS, options);
        this.applies = applies;
    }

    /** Tidewatch applies the objects from Git, and the target has converged with its baseline. */
    static PlayedCase applying(Files files) {
        PlayedCase played = new PlayedCase(true, SimulationOptions.of(RolloutsVersion.V1_9_1));
        played.start();
        played.commit(files);
        played.through(Duration.ofMinutes(1));
        return played;
    }

    /** Another tool has applied the objects, the target has converged, and Tidewatch writes minimums alone. */
    static PlayedCase scheduling(Files files) {
        PlayedCase played = new PlayedCase(false, SimulationOptions.of(RolloutsVersion.V1_9_1));
        played.cluster.apply("argocd-controller", files.rollout());
        played.cluster.apply("argocd-controller", files.scaledObject());
        played.start();
        played.commit(files);
        played.through(Duration.ofMinutes(1));
        return played;
    }

    SteppedCluster cluster() {
        return cluster;
    }

    Instance tidewatch() {
        return running.orElseThrow();
    }

    Instant now() {
        return cluster.clock().instant();
    }

    Diagnosis diagnosis() {
        return tidewatch().diagnosis(CHECKOUT);
    }

    /** A commit of all files, and the pass that follows it. */
    void commit(Files files) {
        commit(files.byPath());
    }

    /** @param files path → text */
    void commit(Map<String, String> files) {
        pushed(files);
        tidewatch().read(newest.orElseThrow());
        look();
    }

    /** A commit while no process runs, or before it is read. */
    void pushed(Map<String, String> files) {
        String id =
                String.format(Locale.ROOT, "%07x", commits.size() + 1).repeat(6).substring(0, 40);
        newest = Optional.of(Instance.commit(id, files, now()));
        commits.put(id, newest.get());
    }

    /** A process that remembers nothing reads the latest commit. */
    void start() {
        running = Optional.of(another());
        look();
    }

    /** The process is gone; time may go on. */
    void stop() {
        running = Optional.empty();
    }

    /** Another process of the same name, which has read the same commit and made no pass yet. */
    Instance another() {
        Instance other = new Instance(cluster.clock(), cluster::state, cluster.writer(), applies, commits);
        newest.ifPresent(other::read);
        return other;
    }

    void through(Duration span) {
        until(now().plus(span));
    }

    /** Everything that is due up to this instant happens at its instant. */
    void until(Instant end) {
        look();
        while (true) {
            Optional<Instant> next = Stream.of(cluster.nextDue(), running.flatMap(Instance::nextDue))
                    .flatMap(Optional::stream)
                    .min(Instant::compareTo)
                    .filter(due -> !due.isAfter(end));
            if (next.isEmpty()) {
                break;
            }
            boolean isOurs = running.flatMap(Instance::nextDue)
                    .filter(due -> !due.isAfter(next.get()))
                    .isPresent();
            Instant later = now().plusMillis(1);
            cluster.jumpTo(next.get().isBefore(later) ? later : next.get());
            if (isOurs || cluster.changes() != changes) {
                look();
            }
        }
        cluster.jumpTo(end);
        look();
    }

    /** To an instant over a time in which nothing is to happen. */
    void leapTo(Instant then) {
        cluster.jumpTo(then);
        look();
    }

    /** Passes until one changes nothing any more: each write is seen, and leads to another pass. */
    void look() {
        cluster.awaitIdle();
        for (int pass = 0; pass < MOST_PASSES_AT_ONCE; pass++) {
            long before = cluster.changes();
            running.ifPresent(Instance::pass);
            changes = cluster.changes();
            noteMinimum();
            if (changes == before) {
                return;
            }
            cluster.settle();
        }
        throw new AssertionError("it never stops writing at " + now());
    }

    private void noteMinimum() {
        cluster.all(Kinds.SCALED_OBJECT).stream()
                .map(object -> SteppedCluster.number(object, "spec", "minReplicaCount"))
                .filter(minimum ->
                        minimums.isEmpty() || !minimums.get(minimums.size() - 1).equals(minimum))
                .forEach(minimums::add);
    }

    /** The minimums that the ScaledObject has had since the requests are counted, each once in a row. */
    List<Integer> minimums() {
        return List.copyOf(minimums);
    }

    /** The writes of Tidewatch to ScaledObjects, whatever their answer was. */
    List<RequestLog.Entry> minimumWrites() {
        return cluster.writes().stream()
                .filter(entry -> entry.path().contains("/scaledobjects/"))
                .toList();
    }

    /** Forgets the requests up to now: what a test counts begins here. */
    void countFromHere() {
        cluster.server().requests().clear();
        changes = -1;
        minimums.clear();
        noteMinimum();
    }

    void annotate(String name, String value) {
        cluster.patch(
                Kinds.SCALED_OBJECT,
                "checkout",
                "{\"metadata\":{\"annotations\":{\"" + name + "\":" + (value.isEmpty() ? "null" : "\"" + value + "\"")
                        + "}}}");
    }

    void spec(Kinds kind, String fields) {
        cluster.patch(kind, "checkout", "{\"spec\":" + fields + "}");
    }

    @Override
    public void close() {
        stop();
        cluster.close();
    }
}
