package io.tidewatch.contract;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A node for a control plane that has none, ready until this is closed: without its heartbeat kube-controller-manager would take
 * its pods for lost. The simulated scheduler and kubelet use it.
 */
final class StandInNode implements AutoCloseable {

    /** What the simulated scheduler calls its first node. */
    private static final String NAME = "n1";

    private static final String PATH = "/api/v1/nodes/" + NAME;
    private static final Duration BEAT = Duration.ofSeconds(5);

    private final Api api;
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "stand-in-node");
        thread.setDaemon(true);
        return thread;
    });

    StandInNode(Api api) {
        this.api = api;
        if (api.get(PATH).code() == 404) {
            api.create("/api/v1/nodes", "{'apiVersion':'v1','kind':'Node','metadata':{'name':'" + NAME + "'}}")
                    .ok();
        }
        beat();
        heart.scheduleAtFixedRate(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        String now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString();
        api.merge(
                        PATH + "/status",
                        "{'status':{'capacity':{'cpu':'8','memory':'16Gi','pods':'110'},"
                                + "'allocatable':{'cpu':'8','memory':'16Gi','pods':'110'},'conditions':[{'type':'Ready',"
                                + "'status':'True','reason':'StandIn','message':'','lastHeartbeatTime':'" + now
                                + "'}]}}")
                .ok();
    }

    @Override
    public void close() {
        heart.shutdownNow();
        api.delete(PATH, "{}");
    }
}
