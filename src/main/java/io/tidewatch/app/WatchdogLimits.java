package io.tidewatch.app;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * The limits of the watchdog: how long the loop may stand still, and what then ends the process.
 *
 * @param period the time between two checks
 * @param longPass how long a pass may take before an incident opens
 * @param standstill how long the loop may make no progress before the process ends
 * @param lastWords how long the process waits for the incident to be sent
 * @param health where liveness and readiness are served; absent: nowhere
 * @param exit ends the process with this code, immediately
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

    /** A check every ten seconds, 60 s for a pass, five minutes without progress. */
    public static WatchdogLimits lasting(IntConsumer exit) {
        return new WatchdogLimits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofMinutes(5),
                Duration.ofSeconds(10),
                Optional.empty(),
                exit);
    }

    /** The same for a caller that shares its process with others: the standstill is reported, and the process goes on. */
    public static WatchdogLimits withoutExit() {
        return lasting(code -> {});
    }

    /** The same, with an address where health is served. */
    public WatchdogLimits withHealthAt(InetSocketAddress address) {
        return new WatchdogLimits(period, longPass, standstill, lastWords, Optional.of(address), exit);
    }
}
