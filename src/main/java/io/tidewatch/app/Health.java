package io.tidewatch.app;

import io.tidewatch.metrics.Metrics;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.camel.main.Main;

/**
 * Serves liveness and readiness to the kubelet, and metrics to Prometheus. Of Camel's own checks only the one of the context counts:
 * the watchdog starts stopped routes, and a restart does not help if a receiver or a source does not answer.
 */
final class Health {

    /** Overrides the defaults of camel-observability-services. */
    private static final Map<String, String> ALWAYS = Map.of(
            "camel.metrics.enabled", "false",
            "camel.opentelemetry2.enabled", "false",
            "camel.management.metricsEnabled", "false",
            "camel.management.infoEnabled", "false",
            "camel.health.routesEnabled", "false",
            "camel.health.consumersEnabled", "false",
            "camel.health.producersEnabled", "false");

    /** Where Prometheus finds metrics. */
    private static final String METRICS = "/observe/metrics";

    private Health() {}

    /**
     * @param address where health is served; absent: nowhere
     * @throws UncheckedIOException if nothing can listen at that address; Camel would start without it
     */
    static void configure(Main main, Optional<InetSocketAddress> address) {
        address.ifPresent(Health::tryToListen);
        ALWAYS.forEach(main::addOverrideProperty);
        main.addOverrideProperty("camel.management.enabled", Boolean.toString(address.isPresent()));
        address.ifPresent(at -> {
            main.addOverrideProperty("camel.management.host", at.getHostString());
            main.addOverrideProperty("camel.management.port", Integer.toString(at.getPort()));
            main.addOverrideProperty("camel.management.healthCheckEnabled", "true");
            main.addOverrideProperty("camel.management.healthPath", "/observe/health");
        });
    }

    private static void tryToListen(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address.getHostString(), address.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "tidewatch.management.address: nothing can listen at " + address.getHostString() + ":"
                            + address.getPort() + ": " + e.getMessage(),
                    e);
        }
    }

    /**
     * @param standstill why the process counts as dead; must not wait for anything
     * @param notReady by the name of a check, why the process is not ready; must not wait for anything
     */
    static void register(
            CamelContext context,
            Supplier<Optional<String>> standstill,
            Map<String, Supplier<Optional<String>>> notReady) {
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        registry.register(new Check("loop", true, false, standstill));
        notReady.forEach((name, why) -> registry.register(new Check(name, false, true, why)));
    }

    /**
     * Serves metrics where health is served.
     *
     * @param scrape all series, in the text format of Prometheus
     */
    static void serve(CamelContext context, Supplier<byte[]> scrape) {
        ManagementHttpServer server = context.hasService(ManagementHttpServer.class);
        if (server != null) {
            server.getRouter()
                    .get(METRICS)
                    .blockingHandler(request -> request.response()
                            .putHeader("Content-Type", Metrics.CONTENT_TYPE)
                            .putHeader("Cache-Control", "no-store")
                            .end(Buffer.buffer(scrape.get())));
        }
    }

    private static final class Check extends AbstractHealthCheck {

        private final boolean liveness;
        private final boolean readiness;
        private final Supplier<Optional<String>> why;

        Check(String id, boolean liveness, boolean readiness, Supplier<Optional<String>> why) {
            super("tidewatch", id);
            this.liveness = liveness;
            this.readiness = readiness;
            this.why = why;
        }

        @Override
        public boolean isLiveness() {
            return liveness;
        }

        @Override
        public boolean isReadiness() {
            return readiness;
        }

        @Override
        protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
            Optional<String> reason = why.get();
            if (reason.isPresent()) {
                result.message(reason.get()).down();
            } else {
                result.up();
            }
        }
    }
}
