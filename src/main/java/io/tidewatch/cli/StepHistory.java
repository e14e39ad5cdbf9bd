package io.tidewatch.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidewatch.definition.check.SlowestStep;
import io.tidewatch.model.Target;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The steps that the targets really made: of a running reconciler, or as {@code history -o json} printed them. */
final class StepHistory {

    private static final String STANDARD_INPUT = "-";

    @Option(
            names = "--history",
            description = "Judge progressDeadlineSeconds also by the steps that the running reconciler knows.")
    private boolean running;

    @Option(
            names = "--history-file",
            paramLabel = "FILE",
            description = "The same with the steps in a file, which history -o json printed; - is standard input.")
    private Optional<String> file = Optional.empty();

    /**
     * The slowest step of each target; empty where no option asks for it.
     *
     * @param config the folder with the address of the running reconciler; absent: config/ at home
     * @throws IllegalArgumentException if there is no such history
     */
    Map<Target, SlowestStep> slowest(Optional<Path> config) {
        if (running && file.isPresent()) {
            throw new IllegalArgumentException("--history and --history-file exclude each other; give one of them");
        }
        if (running) {
            return slowest(new RunningReconciler(Configurations.http(config)).get("/history"), "/history");
        }
        return file.map(name -> slowest(read(name), name)).orElse(Map.of());
    }

    private static JsonNode read(String name) {
        String text = name.equals(STANDARD_INPUT) ? Texts.standardInput() : Texts.text(Path.of(name));
        try {
            return JsonMapper.builder().build().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    name + ":" + e.getLocation().getLineNr() + ": no JSON: " + e.getOriginalMessage()
                            + "; write it with tidewatch history -o json",
                    e);
        }
    }

    /** Of the steps that came to their pods. */
    private static Map<Target, SlowestStep> slowest(JsonNode history, String name) {
        if (!history.path("steps").isArray()) {
            throw new IllegalArgumentException(name + " has no list of steps; write it with tidewatch history -o json");
        }
        Map<Target, SlowestStep> slowest = new HashMap<>();
        int number = 0;
        for (JsonNode step : history.path("steps")) {
            number++;
            if (step.hasNonNull("ready")) {
                try {
                    slowest.merge(target(step), read(step), SlowestStep::or);
                } catch (DateTimeException | IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            name + ": step " + number + " cannot be read: " + e.getMessage(), e);
                }
            }
        }
        return slowest;
    }

    private static Target target(JsonNode step) {
        String text = step.path("target").asText();
        int slash = text.indexOf('/');
        if (slash <= 0) {
            throw new IllegalArgumentException("target is \"" + text + "\", not NAMESPACE/NAME");
        }
        return new Target(text.substring(0, slash), text.substring(slash + 1));
    }

    /** Where the HPA's minimum was not seen, the time counts from the write. */
    private static SlowestStep read(JsonNode step) {
        Instant from = Instant.parse(
                step.path(step.hasNonNull("hpa") ? "hpa" : "patched").asText());
        return new SlowestStep(
                Duration.between(from, Instant.parse(step.path("ready").asText())),
                Instant.parse(step.path("scheduled").asText()),
                step.path("to").asInt());
    }
}
