package io.tidewatch.diagnose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidewatch.diagnose.chain.DiagnosisInput;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.Observations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** A dump with its target, the desired minimum and an instant, to be asked as it is or with other objects in its place. */
record GoldenDump(String file, Target target, int desired, Instant at, List<Map<String, Object>> objects) {

    /** @param at the instant of the observation: not before the newest change in the dump */
    record Answer(Diagnosis diagnosis, Instant at) {}

    /** All lines of expected.yaml; a dump that several lines name is read once. */
    static List<GoldenDump> all() {
        Map<String, List<Map<String, Object>>> read = new HashMap<>();
        List<GoldenDump> all = new ArrayList<>();
        GoldenCasesTest.lines().forEach(line -> {
            String file = line.get("case").toString();
            all.add(new GoldenDump(
                    file,
                    target(line.get("of").toString()),
                    (Integer) line.get("wanted"),
                    Instant.parse(line.get("at").toString()),
                    read.computeIfAbsent(file, name -> CaseDump.of(name).objects)));
        });
        return all;
    }

    /** All lines of the expected.json of a folder with recorded dumps. */
    static List<GoldenDump> in(Path folder) {
        try {
            List<GoldenDump> all = new ArrayList<>();
            for (JsonNode line : new JsonMapper().readTree(Files.readString(folder.resolve("expected.json")))) {
                String file = line.get("file").asText();
                all.add(new GoldenDump(
                        folder.getFileName() + "/" + file,
                        new Target(
                                line.get("namespace").asText(), line.get("name").asText()),
                        line.get("wanted").asInt(),
                        Instant.parse(line.get("at").asText()),
                        Dump.parse(file, Files.readString(folder.resolve(file))).objects()));
            }
            return all;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Target target(String of) {
        String[] parts = of.split("/");
        return new Target(parts[0], parts[1]);
    }

    GoldenDump at(Instant other) {
        return new GoldenDump(file, target, desired, other, objects);
    }

    Answer ask() {
        return ask(objects);
    }

    Answer ask(List<Map<String, Object>> changed) {
        ClusterState state = new Dump(changed, List.of()).read(at);
        Observation seen = Observations.of(state, Set.of(target));
        return new Answer(
                Diagnoser.diagnose(DiagnosisInput.onDump(
                        seen.targets().get(target),
                        seen.controllers(),
                        OptionalInt.of(desired),
                        Checks.DEFAULT,
                        seen.at())),
                seen.at());
    }
}
