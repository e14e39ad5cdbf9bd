package io.tidewatch.night;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.tidewatch.app.Reconciler;
import io.tidewatch.app.WatchdogLimits;
import io.tidewatch.loop.RunMode;
import io.tidewatch.loop.StatusStage;
import io.tidewatch.loop.Timeline;
import io.tidewatch.model.definition.Checkout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A process that is the application as {@code run} is, but for its clock: it does what it is told on its input, one word
 * a line, and says on its output what it has done. It ends with its input.
 */
final class ReconcilerMain {

    /** The file that makes a commit deadly. */
    static final String DEADLY = "allocates-without-end";

    /** An argument: its time is that of the machine, as in {@code run}, and nobody tells it what time it is. */
    static final String REAL_CLOCK = "real-clock";

    /** An argument: it ends when it stands still, as {@code run} does, but after ten seconds. */
    static final String ENDS = "ends-when-it-stands-still";

    private ReconcilerMain() {}

    public static void main(String[] arguments) throws IOException {
        Set<String> asked = Set.of(arguments);
        Objects.requireNonNull(
                (Pod) new KubernetesSerialization().unmarshal("{\"apiVersion\": \"v1\", \"kind\": \"Pod\"}"));
        ToldTimeline told = new ToldTimeline();
        Timeline timeline = asked.contains(REAL_CLOCK) ? Timeline.real() : told;
        SpinningTransport spinning = new SpinningTransport(ReconcilerMain::say);
        say("ready");
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        KubernetesClient client = null;
        Reconciler running = null;
        String line = input.readLine();
        while (line != null) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "time" -> {
                    told.told(Instant.parse(words[1]), Instant.parse(words[2]), Double.parseDouble(words[3]));
                    say("heard");
                }
                case "spin" -> {
                    spinning.at(words[1]);
                    say("spinning");
                }
                case "go" -> {
                    client = Clients.of(words[2]);
                    running = Reconciler.start(
                            NightConfiguration.read(Path.of(words[1])),
                            client,
                            timeline,
                            Path.of("").toAbsolutePath(),
                            RunMode.ACT,
                            asked.contains(ENDS) ? ending() : WatchdogLimits.withoutExit(),
                            ReconcilerMain::allocate,
                            entry -> say("said " + entry.at() + " "
                                    + entry.target().map(Object::toString).orElse("-") + " " + entry.code() + ": "
                                    + entry.text().replace('\n', ' ')));
                    say("started");
                }
                case "look" ->
                    say("looked "
                            + Objects.requireNonNull(running, "nothing runs")
                                    .camel()
                                    .getRegistry()
                                    .lookupByNameAndType("status", StatusStage.class)
                                    .latest()
                                    .stream()
                                    .map(one -> one.target() + "=" + one.state().word() + "/"
                                            + one.minimum().desired().orElse(-1) + "/"
                                            + one.pods().available().orElse(-1))
                                    .collect(Collectors.joining(" ")));
                case "stop" -> {
                    told.forget();
                    Objects.requireNonNull(running, "nothing runs").close();
                    Objects.requireNonNull(client).close();
                    say("stopped");
                }
                default -> throw new IllegalArgumentException(line);
            }
            line = input.readLine();
        }
        Runtime.getRuntime().halt(0);
    }

    private static WatchdogLimits ending() {
        return new WatchdogLimits(
                Duration.ofMillis(200),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Optional.empty(),
                Runtime.getRuntime()::halt);
    }

    /** Reading a commit in which this file says so takes memory without end, as no limit of ours may ever see to. */
    private static void allocate(Checkout checkout) {
        List<long[]> taken = new ArrayList<>();
        while ("deadly".equals(checkout.files().get(DEADLY))) {
            taken.add(new long[1 << 16]);
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
