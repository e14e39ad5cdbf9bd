package io.tidewatch.view.itself;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What only the running process knows of itself.
 *
 * @param version of this build
 * @param java of the runtime
 * @param watches when the API server was last heard of each watched resource, by its name
 * @param outbox by receiver, when the oldest of the events happened that it has not accepted the message about; absent where this
 *     process does not send, and so does not know
 * @param receivers all configured receivers
 * @param limits what bounds its work, by the name of the setting
 */
public record SelfFacts(
        String version,
        String java,
        Map<String, Instant> watches,
        Optional<Map<String, Instant>> outbox,
        List<String> receivers,
        Map<String, String> limits) {

    public SelfFacts {
        watches = Map.copyOf(watches);
        outbox = outbox.map(Map::copyOf);
        receivers = List.copyOf(receivers);
    }
}
