package io.tidewatch.cli;

import io.tidewatch.cluster.Holds;
import io.tidewatch.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Pauses the writes to a target, without a commit. */
@Command(
        name = "hold",
        description = "Pause all writes to one target, or to all, for a while; checks and alerts continue.",
        mixinStandardHelpOptions = true)
final class HoldVerb implements Callable<Integer> {

    @Mixin
    private HeldTargets held = new HeldTargets();

    @Option(
            names = "--for",
            required = true,
            paramLabel = "D",
            description = "How long: 2h, 90m, 1h30m or PT2H.",
            converter = Lengths.class)
    private Duration length = Duration.ZERO;

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why. Shown in status, log and alerts while the hold lasts.")
    private String reason = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (reason.isBlank()) {
            throw new ParameterException(
                    spec.commandLine(), "--reason is empty; write why, for the people who see the hold");
        }
        Instant until = Instant.now().plus(length).truncatedTo(ChronoUnit.SECONDS);
        return held.isAll() ? all(until) : one(held.one(), until);
    }

    private int one(Target target, Instant until) {
        Cluster.request(client -> new Holds(client).hold(target, until, reason.strip()));
        Tidewatch.out().println(target + "  " + text(until));
        return 0;
    }

    private int all(Instant until) {
        return Cluster.request(client -> {
            Holds holds = new Holds(client);
            SortedSet<Target> targets = held.ofInstance(holds);
            Map<Target, String> failures =
                    ManyTargets.failures(targets, target -> holds.hold(target, until, reason.strip()));
            return ManyTargets.report(targets.size(), failures, text(until), "not held");
        });
    }

    private String text(Instant until) {
        return "held until " + until.atZone(ZoneId.systemDefault()).toOffsetDateTime() + ": " + reason.strip();
    }
}
