package io.tidewatch.demo;

import io.tidewatch.app.Reconciler;
import io.tidewatch.log.Console;
import io.tidewatch.loop.RunMode;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts the playground and the application, plays the night, and checks the results of the night. */
public final class Demo {

    private static final List<String> FILES = List.of(
            "checkout.yaml",
            "cart.yaml",
            "schedules.yaml",
            "catalog/web.yaml",
            "catalog/index.yaml",
            "catalog/mail.yaml",
            "catalog/schedules.yaml");
    /** While the parts start: what a machine needs for that is no time of the night. */
    private static final double STANDING = 0;

    private static final double FAST = 20;
    private static final double READABLE = 5;

    /** How long a part of the story may take, in real time. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private Demo() {}

    /**
     * @param home the installation, which may hold a folder routes/
     * @param page whether the page of the night is served, and how long
     * @return whether the story ended as promised
     */
    public static boolean run(Path home, Console console, boolean fast, Page page) {
        return run(home, console, fast ? FAST : READABLE, PATIENCE, Sabotage.NONE, page);
    }

    static boolean run(Path home, Console console, double speed, Duration patience, Sabotage sabotage, Page page) {
        Path folder = temporary();
        try (Playground playground = Playground.start(
                folder, Night.BEGINS, STANDING, "Dana", SimulationOptions.of(RolloutsVersion.V1_7_2))) {
            playground.createService("shop", "checkout");
            playground.limitPods("shop", Night.FEW_PODS);
            LongestPass passes = new LongestPass();
            Diary diary = new Diary(console::print);
            Story story = new Story(
                    playground, console, diary, patience, sabotage.definitions().apply(definitions()));
            story.commitShop();
            try (Reconciler application = Reconciler.start(
                    story.configuration(folder, page),
                    playground.cluster().client(),
                    new PlaygroundTimeline(playground.clock()),
                    home,
                    RunMode.ACT,
                    diary)) {
                passes.observe(application.camel());
                page.serves(console, application.statusPort());
                playground.clock().setSpeed(speed);
                story.play(application, sabotage);
                Lag lag = new Lag(speed, playground.controllers().longestDelay(), passes.length());
                Promises promises = new Promises(playground, diary, story.atPeak());
                boolean asPromised = new Ending(diary, promises, lag, console).print();
                story.report().ifPresent(report -> leave(home, report, console));
                page.stays(console, application.statusPort());
                return asPromised;
            }
        } finally {
            delete(folder);
        }
    }

    private static Map<String, String> definitions() {
        Map<String, String> files = new LinkedHashMap<>();
        for (String name : FILES) {
            try (InputStream text = Demo.class.getResourceAsStream("/demo/" + name)) {
                if (text == null) {
                    throw new IllegalStateException("the demo's " + name + " is missing from the build");
                }
                files.put(name, new String(text.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    /** The playground goes, and the report of its night stays. */
    private static void leave(Path home, String report, Console console) {
        try {
            Path file = home.resolve("target/demo").resolve(Night.PAGE);
            Files.createDirectories(file.getParent());
            Files.writeString(file, report);
            console.headline("The report of this night: " + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("tidewatch-demo");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
