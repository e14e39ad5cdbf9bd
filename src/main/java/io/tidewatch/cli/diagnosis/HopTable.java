package io.tidewatch.cli.diagnosis;

import io.tidewatch.diagnose.HopRows;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.HopRow;
import java.util.ArrayList;
import java.util.List;

/** The hops from the minimum to the pods as a table: the desired and the live number, and which hop is late. */
final class HopTable {

    private HopTable() {}

    static List<String> of(TargetObservation seen, Diagnosis diagnosis) {
        List<String> lines = new ArrayList<>();
        lines.add(line("HOP", "DESIRED", "NOW", "", ""));
        HopRows.of(seen, diagnosis).forEach(row -> lines.add(line(row)));
        return lines;
    }

    private static String line(HopRow row) {
        return line(
                row.name(),
                row.desired(),
                row.now(),
                row.verdict(),
                row.since().map(at -> "since " + at).orElse(""));
    }

    private static String line(String hop, String desired, String now, String verdict, String since) {
        return String.format("%-13s %7s %6s  %-6s %s", hop, desired, now, verdict, since)
                .stripTrailing();
    }
}
