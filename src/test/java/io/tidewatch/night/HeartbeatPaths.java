package io.tidewatch.night;

/** The requests that are sent every few seconds whatever happens: the heartbeat, which is the renewal of the Lease of an election. */
final class HeartbeatPaths {

    private HeartbeatPaths() {}

    static boolean contain(String path) {
        return path.endsWith("/readyz") || path.contains("/leases/tidewatch-") || path.endsWith("/leases");
    }
}
