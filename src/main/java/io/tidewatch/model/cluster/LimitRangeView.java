package io.tidewatch.model.cluster;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What is read of a LimitRange: what the API server gives to containers that name no resources.
 *
 * @param defaults of the items of type Container, in order
 */
public record LimitRangeView(String namespace, String name, List<Defaults> defaults) {

    public LimitRangeView {
        defaults = List.copyOf(defaults);
    }

    /** By resource name. */
    public record Defaults(Map<String, BigDecimal> requests, Map<String, BigDecimal> limits) {

        public Defaults {
            requests = Map.copyOf(requests);
            limits = Map.copyOf(limits);
        }
    }
}
