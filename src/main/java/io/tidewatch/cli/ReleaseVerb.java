package io.tidewatch.cli;

import io.tidewatch.cluster.Holds;
import io.tidewatch.model.Target;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a hold before its time. */
@Command(
        name = "release",
        description = "End a hold. The next pass sets the target to what Git and the clock ask for.",
        mixinStandardHelpOptions = true)
final class ReleaseVerb implements Callable<Integer> {

    @Mixin
    private HeldTarget held = new HeldTarget();

    @Override
    public Integer call() {
        Target target = held.target();
        boolean wasHeld = Cluster.request(client -> new Holds(client).release(target));
        Tidewatch.out().println(target + (wasHeld ? "  released" : "  is not held"));
        return 0;
    }
}
