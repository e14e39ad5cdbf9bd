package io.tidewatch.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.camel.main.Main;

/**
 * Whether it lives and is ready, for the kubelet. Of Camel's own checks only that of the context counts: a route that has stopped is
 * started by the watchdog, and a receiver or a source that does not answer is not mended by a restart.
 */
final class Health {

    /** Set over what camel-observability-services sets by itself. */
    private static final Map<String, String> ALWAYS = Map.of(
            "camel.metrics.enabled", "false",
            "camel.opentelemetry2.enabled", "false",
            "camel.management.metricsEnabled", "false",
            "camel.management.infoEnabled", "false",
            "camel.health.routesEnabled", "false",
            "camel.health.consumersEnabled", "false",
            "camel.health.producersEnabled", "false");

    private Health() {}

    /**
     * @param address where it is answered; absent: nowhere
     * @throws UncheckedIOException where nothing can listen at that address, which Camel would start without
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
     * @param standstill why it does not live; must not wait for anything
     * @param notReady why it is not ready; must not wait for anything
     */
    static void register(
            CamelContext context, Supplier<Optional<String>> standstill, Supplier<Optional<String>> notReady) {
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        registry.register(new Check("loop", true, false, standstill));
        registry.register(new Check("start", false, true, notReady));
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
