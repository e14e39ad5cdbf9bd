package io.tidewatch.night;

import io.tidewatch.wire.WireRequest;
import java.util.List;

/** Whether anything was asked of the API server since the last look, other than the heartbeat, which never ends. */
final class NewRequests {

    private int seen;

    /** @param all every request so far, in order */
    boolean came(List<WireRequest> all) {
        boolean came =
                all.subList(seen, all.size()).stream().anyMatch(request -> !HeartbeatPaths.contain(request.path()));
        seen = all.size();
        return came;
    }
}
