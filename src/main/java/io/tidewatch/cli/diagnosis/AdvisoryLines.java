package io.tidewatch.cli.diagnosis;

import io.tidewatch.model.diagnosis.Advisory;
import io.tidewatch.model.diagnosis.Diagnosis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The advisories of a diagnosis for people: those on objects and the one that explains the diagnosis in full, the others counted by
 * controller. The JSON has all of them.
 */
final class AdvisoryLines {

    private static final String UNKNOWN = "version unknown";

    private AdvisoryLines() {}

    static List<String> of(Diagnosis diagnosis) {
        List<Advisory> explaining = diagnosis.explaining();
        List<String> lines = new ArrayList<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Advisory advisory : diagnosis.advisories()) {
            boolean isOfObject = advisory.subject().isEmpty();
            if (isOfObject || advisory.text().startsWith(UNKNOWN) || explaining.contains(advisory)) {
                lines.add(advisory.brief());
            } else {
                counts.merge(advisory.subject(), 1, Integer::sum);
            }
        }
        counts.forEach((controller, count) -> lines.add(
                controller + ": " + count + (count == 1 ? " known fault" : " known faults") + ", see -o json"));
        return lines;
    }
}
