package io.tidewatch.cli;

import io.tidewatch.cluster.Holds;
import io.tidewatch.model.Target;
import java.util.Map;
import java.util.SortedSet;
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
    private HeldTargets held = new HeldTargets();

    @Override
    public Integer call() {
        return held.isAll() ? all() : one(held.one());
    }

    private static int one(Target target) {
        boolean wasHeld = Cluster.request(client -> new Holds(client).release(target));
        Tidewatch.out().println(target + (wasHeld ? "  released" : "  is not held"));
        return 0;
    }

    private int all() {
        return Cluster.request(client -> {
            Holds holds = new Holds(client);
            SortedSet<Target> targets = held.held(holds);
            Map<Target, String> failures = ManyTargets.failures(targets, holds::release);
            return ManyTargets.report(targets.size(), failures, "released", "not released");
        });
    }
}
