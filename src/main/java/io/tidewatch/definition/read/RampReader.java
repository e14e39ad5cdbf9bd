package io.tidewatch.definition.read;

import io.tidewatch.model.Limits;
import io.tidewatch.yaml.DurationText;
import io.tidewatch.yaml.Fields;
import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Parsed;
import io.tidewatch.yaml.Place;
import io.tidewatch.yaml.Quoted;
import java.util.List;
import java.util.regex.Pattern;

/** Reads a change in steps. Its problems are reported although it is not carried out yet. */
final class RampReader {

    private static final Pattern SHARE = Pattern.compile("0{0,9}([1-9][0-9]?|100)%");

    private final Findings findings;

    RampReader(Findings findings) {
        this.findings = findings;
    }

    void read(Fields spec) {
        spec.object("ramp", List.of("up", "down")).ifPresent(ramp -> {
            steps(ramp, "up");
            steps(ramp, "down");
            findings.error(
                    ramp.object(),
                    "not-supported-yet",
                    "ramp is not supported yet; leave it out, each step is then made at once");
        });
    }

    private void steps(Fields ramp, String direction) {
        ramp.object(direction, List.of("step", "pause")).ifPresent(steps -> {
            steps.required("step", "how many replicas at a time, as 2, or how much of the way, as \"25%\"")
                    .ifPresent(place -> step(steps, place));
            steps.duration("pause", DurationText::parse);
        });
    }

    private static void step(Fields steps, Place place) {
        if (place.text().isPresent()) {
            steps.parsed(place, RampReader::share);
        } else {
            steps.integer(place, 1, Limits.REPLICAS);
        }
    }

    private static Parsed<String> share(String text) {
        return SHARE.matcher(text).matches()
                ? Parsed.good(text)
                : Parsed.bad(
                        "wrong-step",
                        Quoted.of(text)
                                + " is neither a number of replicas nor a percentage of the change; write 2 or \"25%\", "
                                + "at most \"100%\"");
    }
}
