package io.tidewatch.view.itself;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What only the running process knows of itself.
 *
 * @param version of this build
 * @param java of the runtime
 * @param watches when the API server was last heard of each watched resource, by its name
 * @param outbox by receiver, when the oldest of the events happened that it has not accepted the message about
 * @param receivers all configured receivers
 * @param limits what bounds its work, by the name of the setting
 */
public record SelfFacts(
        String version,
        String java,
        Map<String, Instant> watches,
        Map<String, Instant> outbox,
        List<String> receivers,
        Map<String, String> limits,
        Duration resync) {

    public SelfFacts {
        watches = Map.copyOf(watches);
        outbox = Map.copyOf(outbox);
        receivers = List.copyOf(receivers);
    }
}
