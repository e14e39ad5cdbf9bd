package io.tidewatch.night;

import io.tidewatch.playground.clock.PlaygroundClock;
import io.tidewatch.wire.Fate;
import io.tidewatch.wire.Weather;
import io.tidewatch.wire.WireRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The application in a process that dies at given moments. Another one, already loaded, takes its place at once and finds
 * the same state directory and whatever the cluster has become. The process that survives a night plays the next one too.
 */
final class KilledApplication implements Application, Weather, AutoCloseable {

    /** While nobody looks, the night goes at a pace at which a real restart would be seen. */
    private static final double UNATTENDED = 1;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final List<KillPoint> met = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private KillPlan plan = KillPlan.none();
    private final ExecutorService undertaker = Executors.newSingleThreadExecutor();
    private volatile CompletableFuture<ReconcilerProcess> standby = spawn();
    private volatile ReconcilerProcess running;
    private volatile boolean up;
    private PlaygroundClock clock;
    private Path configuration;
    private String api;
    private double pace;

    KilledApplication() {
        running = standby.join();
        standby = spawn();
    }

    /** When it dies in the next night. */
    synchronized void dieBy(KillPlan next) {
        plan = next;
        met.clear();
        seen.clear();
        said.clear();
        logged.clear();
    }

    /** Those of the moments that came. */
    List<KillPoint> died() {
        return List.copyOf(met);
    }

    @Override
    public void start(Path folder, String cluster, PlaygroundClock nightClock) {
        clock = nightClock;
        configuration = folder;
        api = cluster;
        pace = nightClock.speed();
        clock.onShift(() -> running.time(clock));
        launch();
    }

    private void launch() {
        running.go(configuration, api, clock);
        up = running.isAlive();
    }

    @Override
    public Fate before(WireRequest request) {
        return strike(request, true);
    }

    @Override
    public Fate after(WireRequest request) {
        return strike(request, false);
    }

    /** What was asked by a process that is dead by now is nobody's. */
    private synchronized Fate strike(WireRequest request, boolean before) {
        ReconcilerProcess victim = running;
        if (!victim.isAlive()) {
            return Fate.of(Fate.Kind.CUT);
        }
        int occurrence = before ? seen.merge(request.label(), 1, Integer::sum) : seen.getOrDefault(request.label(), 0);
        KillPoint here = new KillPoint(request.label(), occurrence, before);
        if (!plan.diesAt(here)) {
            return Fate.PASS;
        }
        up = false;
        victim.kill();
        met.add(here);
        said.addAll(victim.said());
        logged.addAll(victim.errors());
        undertaker.execute(this::replace);
        return Fate.of(Fate.Kind.CUT);
    }

    private void replace() {
        clock.setSpeed(UNATTENDED);
        running = standby.join();
        standby = spawn();
        launch();
        if (up) {
            clock.setSpeed(pace);
        }
    }

    private static CompletableFuture<ReconcilerProcess> spawn() {
        return CompletableFuture.supplyAsync(() -> {
            ReconcilerProcess process = ReconcilerProcess.spawn();
            process.awaitReady();
            return process;
        });
    }

    @Override
    public boolean isUp() {
        return up;
    }

    @Override
    public boolean sees(String target, int pods) {
        return up && running.look().contains(" shop/" + target + "=Converged/" + pods + "/" + pods);
    }

    @Override
    public void stop() {
        up = false;
        running.stop();
        said.addAll(running.said());
        logged.addAll(running.errors());
        running.forget();
    }

    @Override
    public List<String> said() {
        List<String> all = new ArrayList<>(said);
        all.addAll(up ? running.said() : List.of());
        return all;
    }

    @Override
    public List<String> logged() {
        List<String> all = new ArrayList<>(logged);
        all.addAll(up ? running.errors() : List.of());
        return all;
    }

    @Override
    public void close() {
        undertaker.shutdownNow();
        running.close();
        standby.thenAccept(ReconcilerProcess::close).join();
    }
}
