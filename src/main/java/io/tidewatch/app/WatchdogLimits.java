package io.tidewatch.app;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * How long the loop may stand still, and what ends the process then.
 *
 * @param period how often is looked
 * @param longPass what a pass may take before receivers are told
 * @param standstill without progress for so long, the process ends
 * @param lastWords how long the process waits for that to be told
 * @param health where the kubelet asks whether it lives and is ready; absent: nowhere
 * @param exit ends the process with this code, at once
 */
public record WatchdogLimits(
        Duration period,
        Duration longPass,
        Duration standstill,
        Duration lastWords,
        Optional<InetSocketAddress> health,
        IntConsumer exit) {

    /** The exit code of a process that stood still. */
    public static final int STOOD_STILL = 3;

    /** Looks every ten seconds; 60 s for a pass, five minutes without progress. */
    public static WatchdogLimits lasting(IntConsumer exit) {
        return new WatchdogLimits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofMinutes(5),
                Duration.ofSeconds(10),
                Optional.empty(),
                exit);
    }

    /** The same for one who shares its process with others: it is said, and nothing ends. */
    public static WatchdogLimits withoutExit() {
        return lasting(code -> {});
    }

    /** The same, with an address at which health is answered. */
    public WatchdogLimits answeringAt(InetSocketAddress address) {
        return new WatchdogLimits(period, longPass, standstill, lastWords, Optional.of(address), exit);
    }
}
