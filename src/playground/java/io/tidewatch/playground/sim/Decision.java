package io.tidewatch.playground.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The decision of a controller about one object: the writes in order, and when to process the object again without a change. */
record Decision(List<Write> writes, Optional<Duration> again) {
    static final Decision NOTHING = new Decision(List.of(), Optional.empty());

    Decision {
        writes = List.copyOf(writes);
    }

    static Decision of(List<Write> writes) {
        return new Decision(writes, Optional.empty());
    }

    static Decision then(List<Write> writes, Duration again) {
        return new Decision(writes, Optional.of(again));
    }

    static Optional<Duration> earliest(Optional<Duration> one, Optional<Duration> other) {
        return Stream.concat(one.stream(), other.stream()).min(Duration::compareTo);
    }

    Decision before(Decision next) {
        List<Write> all = new ArrayList<>(writes);
        all.addAll(next.writes);
        return new Decision(all, next.again.isPresent() ? next.again : again);
    }
}
