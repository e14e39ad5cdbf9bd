package io.tidewatch.cluster.watch;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What all watches share.
 *
 * @param client does not retry requests, and does not reopen watches
 * @param throttling knows the waits that the API server asked for
 * @param raw an object as a plain map
 * @param clock of passes
 * @param nanoTime the monotonic clock
 * @param changed called after each change that a pass should see
 * @param workers threads that send requests
 */
record WatchContext(
        KubernetesClient client,
        Throttling throttling,
        Function<GenericKubernetesResource, Map<String, Object>> raw,
        Clock clock,
        LongSupplier nanoTime,
        WatchTimes times,
        Runnable changed,
        WatchErrors errors,
        ScheduledExecutorService workers) {

    Moment now() {
        return new Moment(nanoTime.getAsLong(), clock.instant());
    }
}
