package io.tidewatch.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.definition.check.Scope;
import io.tidewatch.model.Commit;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.FurtherKind;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.schedule.DesiredStates;
import io.tidewatch.schedule.Edges;
import io.tidewatch.schedule.Lint;
import io.tidewatch.yaml.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Whatever a text becomes, reading it and asking what counts throws nothing and takes no other file's definitions away. {@code
 * -Dtidewatch.mutations=N} tries more than the default.
 */
class MutatedTextTest {

    private static final Path GOOD = Path.of("src/test/resources/definitions/everything-right");
    private static final long SEED = 20261122L;
    private static final Instant NIGHT = Instant.parse("2026-11-22T13:30:00Z");
    private static final int ROUNDS = Integer.getInteger("tidewatch.mutations", 300);
    private static final String[] VALUES = {
        "null",
        "[]",
        "{}",
        "-1",
        "99999999999999999999",
        "yes",
        "\"\"",
        "*a",
        "&a x",
        "!!int x",
        "'",
        "\"",
        "|",
        "{{ x }}",
        "1e999",
        ".nan",
        "2026-13-45",
        "PT2562047788015215H",
        "+999999999-01-01T00:00",
        "* * * * *",
        "24h",
        "\t",
        "- ",
        "? x",
        "%YAML 9.9",
        "...",
        "\u0000",
        "\uFFFD",
        "\uD800",
        "<<",
        "@",
        "`"
    };

    private final DefinitionReader reader = new DefinitionReader();

    @Test
    void aMutatedFileThrowsNothingAndLosesNoOtherFile() throws IOException {
        SortedMap<String, String> good = new TreeMap<>();
        good.put("checkout.yaml", Files.readString(GOOD.resolve("checkout.yaml")));
        good.put("night.yaml", Files.readString(GOOD.resolve("night.yaml")));
        good.put("calendars/kr.ics", Files.readString(GOOD.resolve("calendars/kr.ics")));
        SourceDefinitions before = reader.read(checkout(good), Optional.empty(), PastTexts.NONE);
        assertThat(before.problems()).isEmpty();
        System.out.println("mutations of definitions: seed " + SEED + ", " + ROUNDS + " rounds");
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            String victim = random.nextBoolean() ? "checkout.yaml" : "night.yaml";
            SortedMap<String, String> mutated = new TreeMap<>(good);
            mutated.put(victim, mutated(good.get(victim), random));
            judge(round, victim, mutated, before);
        }
    }

    /** The checks of what must fit together meet values of every type, and fields that are not there. */
    @Test
    void aMutatedManifestOfKubernetesIsJudged() throws IOException {
        String right = Files.readString(Path.of("src/test/resources/definitions/kubernetes-takes-these/right.yaml"));
        DefinitionReader everyKind =
                new DefinitionReader(new Scope(Set.of(), Optional.empty(), EnumSet.allOf(FurtherKind.class)));
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            SortedMap<String, String> file = new TreeMap<>(Map.of("right.yaml", mutated(right, random)));

            assertThat(everyKind
                            .read(checkout(file), Optional.empty(), PastTexts.NONE)
                            .problems())
                    .as("round %d of seed %d:%n%s", round, SEED, file.get("right.yaml"))
                    .noneMatch(problem -> problem.code().equals("cannot-be-judged"));
        }
    }

    private void judge(int round, String victim, SortedMap<String, String> files, SourceDefinitions before) {
        assertThatCode(() -> {
                    SourceDefinitions after = reader.read(checkout(files), Optional.of(before), PastTexts.NONE);
                    String other = victim.equals("night.yaml") ? "checkout.yaml" : "night.yaml";
                    assertThat(after.files()).containsKey(other);
                    assertThat(after.files().get(other).manifests())
                            .isEqualTo(before.files().get(other).manifests());
                    assertThat(after.files().get(other).schedules())
                            .isEqualTo(before.files().get(other).schedules());
                    if (after.hasErrors()) {
                        assertThat(after.manifests().size()).isGreaterThanOrEqualTo(2);
                        assertThat(after.schedules()).isNotEmpty();
                        assertThat(after.calendars()).isNotEmpty();
                    }
                    assertThat(after.problems())
                            .allSatisfy(p -> assertThat(p.line())
                                    .isBetween(1, YamlText.lines(files.getOrDefault(p.file(), "")).length));
                    Definitions anew =
                            new Definitions(List.of(reader.read(checkout(files), Optional.empty(), PastTexts.NONE)));
                    DesiredStates.at(anew, NIGHT);
                    Edges.between(anew, NIGHT, NIGHT.plus(Duration.ofDays(2)));
                    Lint.warnings(anew, NIGHT);
                })
                .as("round %d of seed %d: %s%n%s", round, SEED, victim, files.get(victim))
                .doesNotThrowAnyException();
    }

    private static String mutated(String text, Random random) {
        String result = text;
        for (int i = 0; i <= random.nextInt(3); i++) {
            result = once(result, random);
        }
        return result;
    }

    private static String once(String text, Random random) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        int line = random.nextInt(lines.size());
        int at = random.nextInt(text.length() + 1);
        String value = VALUES[random.nextInt(VALUES.length)];
        switch (random.nextInt(8)) {
            case 0 -> lines.remove(line);
            case 1 -> lines.add(line, lines.get(random.nextInt(lines.size())));
            case 2 -> Collections.swap(lines, line, random.nextInt(lines.size()));
            case 3 -> lines.set(line, " ".repeat(random.nextInt(4)) + lines.get(line));
            case 4 -> lines.set(line, lines.get(line).replaceFirst(":.*", ": " + value.replace("\\", "")));
            case 5 -> {
                return text.substring(0, at) + (char) (random.nextInt(95) + 32) + text.substring(at);
            }
            case 6 -> {
                return text.substring(0, at) + value + text.substring(at);
            }
            default -> {
                return text.substring(0, at) + text.substring(Math.min(text.length(), at + 1 + random.nextInt(40)));
            }
        }
        return lines.isEmpty() ? "" : String.join("\n", lines);
    }

    private static Checkout checkout(Map<String, String> files) {
        Commit commit = new Commit("shop", "c1", "Dana", Instant.EPOCH, "a commit");
        return new Checkout(commit, new TreeMap<>(files), files.keySet());
    }
}
