package io.tidewatch.playground.sim;

import io.tidewatch.playground.replay.ClusterWatcher;
import io.tidewatch.playground.replay.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Does to a stage what a recording says was done to a cluster, and writes down what follows. */
final class Replay implements AutoCloseable {
    private static final Duration REAL = Duration.ofSeconds(20);

    /** From a pod's creation to the kubelet's first look at it. */
    private static final int BINDING_MILLIS = 15;

    final Stage stage;
    private final ClusterWatcher watcher;

    Replay(SimulationOptions options) {
        stage = new Stage(options);
        watcher = new ClusterWatcher(stage.client, Stage.NS, stage.clock::instant);
        stage.onceSettled(() -> watcher.settledBy(stage.clock.instant()));
    }

    /** What the cluster does within {@code span} after the stimulus. */
    Trace does(String stimulus, Duration span) {
        return does(() -> {
            stimulate(stimulus);
            stage.pass(span);
        });
    }

    /** What is to be seen while {@code deeds} are done. */
    Trace does(Runnable deeds) {
        long before = watcher.catchUp(REAL);
        Instant at = stage.clock.instant();
        deeds.run();
        watcher.catchUp(REAL);
        return Trace.of(watcher.linesAfter(before, at));
    }

    private void stimulate(String stimulus) {
        if (stimulus.startsWith("min=")) {
            stage.min(Integer.parseInt(stimulus.substring(4)));
        } else if (stimulus.startsWith("image=")) {
            stage.image(stimulus.substring(6));
        } else if (stimulus.startsWith("break=")) {
            stage.controllers.faults().breakImage(stimulus.substring(6), PodTrouble.IMAGE_PULL);
            stage.image(stimulus.substring(6));
        } else {
            throw new IllegalArgumentException(stimulus);
        }
    }

    /** The n-th new pod becomes ready as long after its creation as the n-th one in the recording. */
    static Function<Live, Duration> asRecorded(Trace recorded) {
        List<Long> readiness = recorded.readiness();
        Map<String, Integer> order = new ConcurrentHashMap<>();
        return pod -> {
            int nth = order.computeIfAbsent(pod.uid(), uid -> order.size());
            long millis = nth < readiness.size() ? readiness.get(nth) : 700;
            return Duration.ofMillis(Math.max(1, millis - BINDING_MILLIS));
        };
    }

    /** Events that were recorded and that the run does not show. */
    static List<String> missingEvents(Trace recorded, Trace run) {
        List<String> missing = new ArrayList<>(recorded.events());
        run.events().forEach(missing::remove);
        return missing;
    }

    @Override
    public void close() {
        watcher.close();
        stage.close();
    }
}
