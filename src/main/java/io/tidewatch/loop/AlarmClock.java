package io.tidewatch.loop;

import java.time.Instant;
import java.util.Set;

/** Wakes one route at given instants. {@link Alarms#clock} makes one for each alarm. */
@FunctionalInterface
public interface AlarmClock {

    /** Replaces the instants that are armed: from now on exactly these are. */
    void arm(Set<Instant> instants);
}
