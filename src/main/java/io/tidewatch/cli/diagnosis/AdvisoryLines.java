package io.tidewatch.cli.diagnosis;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The advisories of a diagnosis for people: the advisory that explains the diagnosis in full, the others counted by
 * controller. The JSON has all of them.
 */
final class AdvisoryLines {

    private static final String STALE_CACHE = "#4047";

    private AdvisoryLines() {}

    static List<String> of(Diagnosis diagnosis) {
        boolean stale =
                diagnosis.cause().filter(Cause.STALE_REPLICA_SET_CACHE::equals).isPresent();
        List<String> lines = new ArrayList<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String advisory : diagnosis.advisories()) {
            int colon = advisory.indexOf(": ");
            if (advisory.contains("version unknown") || (stale && advisory.contains(STALE_CACHE))) {
                lines.add(advisory);
            } else if (colon > 0) {
                counts.merge(advisory.substring(0, colon), 1, Integer::sum);
            }
        }
        counts.forEach((controller, count) -> lines.add(
                controller + ": " + count + (count == 1 ? " known fault" : " known faults") + ", see -o json"));
        return lines;
    }
}
