package io.tidewatch.cluster.watch;

import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Which namespaces have not caught up since the latest outage of the API server began or ended. */
final class OutageCatchUp {

    private final WatchedKinds kinds;

    /** On the monotonic clock; empty before the first outage. */
    private volatile OptionalLong changedAt = OptionalLong.empty();

    OutageCatchUp(WatchedKinds kinds) {
        this.kinds = kinds;
    }

    /** An outage began or ended. */
    void changed(long nanos) {
        changedAt = OptionalLong.of(nanos);
    }

    /** The namespaces in which a kind of the chain has no sign of life since then; what is known there may be older. */
    Set<String> behind() {
        OptionalLong since = changedAt;
        return since.isEmpty()
                ? Set.of()
                : kinds.chains()
                        .flatMap(kind -> kind.notObservedSince(since.getAsLong()).stream())
                        .collect(Collectors.toUnmodifiableSet());
    }
}
