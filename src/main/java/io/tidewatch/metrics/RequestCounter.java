package io.tidewatch.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the answers of the API server. Safe from several threads. */
final class RequestCounter {

    /** The kinds that have series of their own: a source may name kinds of its own choice. */
    static final int MOST_RESOURCES = 40;

    static final String OTHER = "other";

    private final Counter requests;
    private final Set<String> resources = ConcurrentHashMap.newKeySet();

    RequestCounter(PrometheusRegistry registry) {
        this.requests = Counter.builder()
                .withoutExemplars()
                .name("tidewatch_api_requests_total")
                .help(
                        "Answers of the API server, by what was asked and the HTTP status. watch: 101 or 200 where it was opened.")
                .labelNames("verb", "resource", "code")
                .register(registry);
    }

    /** @param resource the plural of the kind; empty where the request is about none */
    void answered(String verb, String resource, int code) {
        requests.labelValues(verb, known(resource), Integer.toString(code)).inc();
    }

    /** Two threads at once may exceed the limit by one each. */
    private String known(String resource) {
        if (resource.isEmpty()) {
            return OTHER;
        }
        if (resources.contains(resource)) {
            return resource;
        }
        if (resources.size() >= MOST_RESOURCES) {
            return OTHER;
        }
        resources.add(resource);
        return resource;
    }
}
