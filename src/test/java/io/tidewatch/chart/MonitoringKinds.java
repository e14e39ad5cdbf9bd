package io.tidewatch.chart;

import java.util.List;
import java.util.Map;

/** The fields of the Prometheus operator's kinds that the chart may use, as its API reference (v1) has them. */
final class MonitoringKinds {

    private MonitoringKinds() {}

    record Meta(String name, String namespace, Map<String, String> labels) {}

    record ServiceMonitor(String apiVersion, String kind, Meta metadata, ServiceMonitorSpec spec) {}

    record ServiceMonitorSpec(Selector selector, NamespaceSelector namespaceSelector, List<Endpoint> endpoints) {}

    record Selector(Map<String, String> matchLabels) {}

    record NamespaceSelector(List<String> matchNames) {}

    record Endpoint(String port, String path, String interval, String scrapeTimeout, boolean honorLabels) {}

    record PrometheusRule(String apiVersion, String kind, Meta metadata, PrometheusRuleSpec spec) {}

    record PrometheusRuleSpec(List<RuleGroup> groups) {}

    record RuleGroup(String name, List<Rule> rules) {}

    record Rule(
            String alert,
            String expr,

            @com.fasterxml.jackson.annotation.JsonProperty("for")
            String pending,

            Map<String, String> labels,
            Map<String, String> annotations) {}
}
