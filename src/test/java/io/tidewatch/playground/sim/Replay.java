package io.tidewatch.playground.sim;

import io.tidewatch.playground.replay.ClusterWatcher;
import io.tidewatch.playground.replay.Trace;
import java.time.Duration;
import java.time.Instant;

/** Does to a stage what a recording says was done to a cluster, and writes down what follows. */
final class Replay implements AutoCloseable {
    private static final Duration REAL = Duration.ofSeconds(20);

    final Stage stage;
    private final ClusterWatcher watcher;

    Replay(SimulationOptions options) {
        stage = new Stage(options);
        watcher = new ClusterWatcher(stage.client, Stage.NS, stage.clock::instant);
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
        } else {
            throw new IllegalArgumentException(stimulus);
        }
    }

    @Override
    public void close() {
        watcher.close();
        stage.close();
    }
}
