package io.tidewatch.definition;

import io.tidewatch.definition.read.ReadFile;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.FileChange;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.yaml.FileProblems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The commits that brought the files in force, and what is wrong with their trailers. */
record Changes(Checkout checkout, Optional<SourceDefinitions> previous) {

    /** Of a file with an error, the last good version is in force, with the commits that brought that. */
    SortedMap<String, FileChange> inForce(Map<String, FileProblems> found) {
        SortedMap<String, FileChange> changes = new TreeMap<>(checkout.changes());
        found.forEach((file, problems) -> {
            if (problems.hasErrors()) {
                changes.remove(file);
                previous.map(known -> known.changes().get(file)).ifPresent(change -> changes.put(file, change));
            }
        });
        return changes;
    }

    /** One warning for each file that a commit with a flawed trailer changed. */
    List<Problem> problems() {
        return checkout.changes().entrySet().stream()
                .filter(entry -> ReadFile.isYaml(entry.getKey()))
                .flatMap(entry -> entry.getValue().flawed().map(flawed -> problem(entry.getKey(), flawed)).stream())
                .toList();
    }

    private static Problem problem(String file, FileChange.Flawed flawed) {
        String commit =
                "commit " + flawed.commit().shortId() + " by " + flawed.commit().author();
        return new Problem(
                file,
                1,
                "Tidewatch-Override",
                Problem.Severity.WARNING,
                "no-override",
                switch (flawed.flaw()) {
                    case EMPTY ->
                        commit
                                + " gives no reason, so it overrides no freeze; commit a change of this file whose message"
                                + " ends with the line 'Tidewatch-Override: REASON'";
                    case MISPLACED ->
                        commit
                                + " has this line in the middle of its message, so it overrides no freeze; commit a change of"
                                + " this file with the line in the last paragraph of the message";
                });
    }
}
