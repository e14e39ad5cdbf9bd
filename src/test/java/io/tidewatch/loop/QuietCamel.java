package io.tidewatch.loop;

import java.util.Properties;

/** Properties for tests of routes: none of what camel-observability-services would open by itself. */
final class QuietCamel {

    private QuietCamel() {}

    static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("camel.metrics.enabled", "false");
        properties.setProperty("camel.opentelemetry2.enabled", "false");
        properties.setProperty("camel.management.enabled", "false");
        return properties;
    }
}
