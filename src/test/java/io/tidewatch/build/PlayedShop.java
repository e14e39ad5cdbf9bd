package io.tidewatch.build;

import io.tidewatch.playground.Playground;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** A playground with one target, whose window is open. */
public final class PlayedShop {

    private PlayedShop() {}

    /** @param git a folder for its repository */
    static Playground start(Path git) throws IOException {
        return start(git, 1);
    }

    /** @param speed seconds of its time in one of ours */
    public static Playground start(Path git, double speed) throws IOException {
        Playground playground = Playground.start(
                git,
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                speed,
                "Dana",
                SimulationOptions.of(RolloutsVersion.V1_9_1));
        playground.createService("shop", "checkout");
        playground
                .operator()
                .commit(
                        "the shop",
                        Map.of(
                                "checkout.yaml",
                                Files.readString(Path.of("src/playground/resources/demo/checkout.yaml")),
                                "schedule.yaml",
                                schedule(7)));
        return playground;
    }

    /** An item of sources.yaml for its repository. */
    static String source(String url) {
        return "{name: shop, url: '" + url + "', ref: main, interval: 10s, namespaces: [shop]}";
    }

    /** Writes the three files for a reconciler of it. */
    static void configure(Path folder, String source, String properties) throws IOException {
        Files.writeString(folder.resolve("application.properties"), properties);
        Files.writeString(folder.resolve("sources.yaml"), "sources: [" + source + "]\n");
        Files.writeString(folder.resolve("alerts.yaml"), "receivers: []\n");
    }

    /** One window, open since an hour ago, for two days. */
    public static String schedule(int minimum) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        return """
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: checkout, namespace: shop}
                spec:
                  scaledObjectRef: {name: checkout}
                  timeZone: UTC
                  windows:
                    - {name: peak, from: "%s", until: "%s", minReplicas: %d}
                """.formatted(now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(48)), minimum);
    }
}
