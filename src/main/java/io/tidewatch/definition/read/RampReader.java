package io.tidewatch.definition.read;

import io.tidewatch.model.Limits;
import io.tidewatch.model.definition.Ramp;
import io.tidewatch.model.definition.Ramp.Pace;
import io.tidewatch.model.definition.Ramp.Size;
import io.tidewatch.yaml.DurationText;
import io.tidewatch.yaml.Fields;
import io.tidewatch.yaml.Parsed;
import io.tidewatch.yaml.Place;
import io.tidewatch.yaml.Quoted;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how a minimum is changed in steps. A direction in which something is wrong counts as one step. */
final class RampReader {

    private static final Pattern SHARE = Pattern.compile("0{0,9}([1-9][0-9]?|100)%");

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

    private RampReader() {}

    static Ramp read(Fields spec) {
        return spec.object("ramp", List.of("up", "down"))
                .map(ramp -> new Ramp(pace(ramp, "up"), pace(ramp, "down")))
                .orElse(Ramp.NONE);
    }

    private static Optional<Pace> pace(Fields ramp, String direction) {
        return ramp.object(direction, List.of("step", "pause")).flatMap(steps -> {
            Optional<Size> size = steps.required(
                            "step", "how many replicas at a time, as 2, or how much of the way, as \"25%\"")
                    .flatMap(place -> size(steps, place));
            Duration pause = steps.duration("pause", RampReader::pause).orElse(PAUSE);
            return size.map(known -> new Pace(known, pause));
        });
    }

    private static Parsed<Duration> pause(String text) {
        Parsed<Duration> parsed = DurationText.parsePositive(text);
        return parsed.value()
                        .filter(pause -> pause.compareTo(SHORTEST_PAUSE) < 0)
                        .isPresent()
                ? Parsed.bad("wrong-duration", Quoted.of(text) + " is too short; the minimum is 1s")
                : parsed;
    }

    private static Optional<Size> size(Fields steps, Place place) {
        if (place.text().isPresent()) {
            return steps.parsed(place, RampReader::share);
        }
        return steps.integer(place, 1, Limits.REPLICAS).map(Size.Absolute::new);
    }

    private static Parsed<Size> share(String text) {
        Matcher share = SHARE.matcher(text);
        return share.matches()
                ? Parsed.good(new Size.Share(Integer.parseInt(share.group(1))))
                : Parsed.bad(
                        "wrong-step",
                        Quoted.of(text)
                                + " is neither a number of replicas nor a percentage of the change; write 2 or \"25%\", "
                                + "at most \"100%\"");
    }
}
