package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract's page on the command line: usage, instants, paths, exit codes. */
class CommandLineTest {

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: checkout, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: Asia/Seoul
              baseline: {minReplicas: 5, maxReplicas: 20}
              windows:
                - {name: peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 7}
            """;

    /** The first version of the pom is the project's own. */
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--version", "run --version", "hold -V"})
    void theVersionIsThatOfThePom(String line) throws IOException {
        Matcher version = VERSION.matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();

        Typed typed = Typed.of(line.split(" "));

        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out()).isEqualTo("tidewatch " + version.group(1) + "\n");
    }

    @Test
    void theDemoSaysHowToLeaveItsPageOut() {
        Typed help = Typed.of("demo", "--no-web", "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("--fast", "--no-web");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "validat x | unknown command validat; did you mean validate?; see tidewatch --help",
                "confirm shop | unknown command confirm; see tidewatch --help",
                "status --wach | unknown option --wach; did you mean --watch?; see tidewatch status --help",
                "run --observ | unknown option --observ; did you mean --observe?; see tidewatch run --help",
                "run --connect | --connect needs --check; run itself connects; see tidewatch run --help",
                "run -o json | --output needs --check; run itself prints its log; see tidewatch run --help",
                "release a --all -n shop | NAME and --all exclude each other; see tidewatch release --help",
                "release -n shop | write the NAME of a target, or --all; see tidewatch release --help",
                "release a | the namespace of a is missing; write --namespace NS; see tidewatch release --help",
                "release a b -n shop | unexpected argument b; see tidewatch release --help",
                "validate | Missing required parameter: 'PATH'; see tidewatch validate --help",
                "preview x --days 0 | --days 0 is not between 1 and 3660; see tidewatch preview --help",
                "status -o csv | ; see tidewatch status --help"
            })
    void wrongUsageIsOneLineWithWhatWouldBeRight(String line, String said) {
        Typed typed = Typed.of(line.split(" "));

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err().lines()).hasSize(1);
        assertThat(typed.err()).startsWith("tidewatch: ").endsWith(said + "\n");
    }

    /** It tells nobody, so neither whom it would tell nor the secrets for that are its matter. */
    @Test
    void aPlanAsksNothingOfReceivers() throws IOException {
        Files.writeString(folder.resolve("sources.yaml"), "sources: []\n");
        Files.writeString(folder.resolve("alerts.yaml"), "receivers: [{name: '${file:/run/secrets/not-mine}'}]\n");
        Path dump = Files.writeString(
                folder.resolve("dump.json"),
                "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"a\", \"namespace\": \"shop\"}}");

        Typed plan = Typed.of("plan", "--config", folder.toString(), "--cluster-state", dump.toString());

        assertThat(plan.err().lines()).hasSize(1).allMatch(line -> line.contains("sources.yaml:1: sources: no source"));
        assertThat(plan.out()).isEqualTo("nothing to do\n");
        assertThat(plan.exitCode()).isZero();
    }

    /** What a repository that is used with {@code apply: none} would never do is not planned. */
    @Test
    void filesArePlannedByTheOptionOrTheConfigurationsPolicy() throws IOException {
        Path files = Files.writeString(folder.resolve("cart.yaml"), """
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: cart, namespace: shop}
                spec:
                  scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: cart}
                  minReplicaCount: 5
                  triggers: [{type: cpu, metadata: {value: "50"}}]
                """);
        Path dump = Files.writeString(folder.resolve("dump.yaml"), """
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: other, namespace: shop}
                spec: {scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: other}}
                ---
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: other, namespace: shop}
                """);
        Path config = Files.createDirectory(folder.resolve("config"));
        Files.writeString(config.resolve("sources.yaml"), """
                sources:
                  - {name: reads, url: "https://git.example.com/a.git", ref: main, apply: none,
                     auth: {username: bot, password: "${env:NOT_SET_ANYWHERE}"}}
                  - {name: writes, url: "https://git.example.com/b.git", ref: main, apply: all}
                """);
        String[] plan = {"plan", "--definitions", files.toString(), "--cluster-state", dump.toString()};

        assertThat(Typed.of(with(plan)).out()).contains("shop/cart  ").doesNotContain("nothing to do");
        assertThat(Typed.of(with(plan, "--apply", "none"))).isEqualTo(new Typed(0, "nothing to do\n", ""));
        assertThat(Typed.of(with(plan, "--apply", "all")).exitCode()).isEqualTo(1);
        assertThat(Typed.of(with(plan, "--config", config.toString(), "--source", "reads")))
                .isEqualTo(new Typed(0, "nothing to do\n", ""));
        assertThat(Typed.of(with(plan, "--config", config.toString(), "--source", "writes"))
                        .exitCode())
                .isEqualTo(1);
        assertThat(Typed.of(with(plan, "--config", config.toString(), "--source", "reads", "--apply", "all"))
                        .exitCode())
                .isEqualTo(1);
        assertThat(Typed.of(with(plan, "--config", config.toString())))
                .isEqualTo(
                        new Typed(2, "", "tidewatch: sources reads, writes are configured; name one with --source\n"));
        assertThat(Typed.of("plan", "--apply", "none", "--cluster-state", dump.toString()))
                .isEqualTo(
                        new Typed(2, "", "tidewatch: --apply needs --definitions; without it, sources.yaml decides\n"));
    }

    private static String[] with(String[] line, String... more) {
        return Stream.concat(Stream.of(line), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void noVerbIsWrongUsage() {
        assertThat(Typed.of().exitCode()).isEqualTo(2);
        assertThat(Typed.of().err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"demo", "run", "validate", "preview", "plan", "diagnose", "status", "history", "hold", "release"
            })
    void everyVerbExplainsItselfAndKnowsDebug(String verb) {
        Typed typed = Typed.of(verb, "--help");

        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out()).startsWith("Usage: tidewatch " + verb).contains("--debug");
        assertThat(typed.err()).isEmpty();
    }

    @Test
    void anInstantHasAnOffsetOrIsReadInTheZoneOfTheHostWhichIsReported() {
        ZoneId zone = ZoneId.systemDefault();
        assertThat(new Instants().convert("2026-11-22T22:30:00+09:00"))
                .isEqualTo(Instant.parse("2026-11-22T13:30:00Z"));
        assertThat(new Instants().convert("2026-11-22T13:30Z")).isEqualTo(Instant.parse("2026-11-22T13:30:00Z"));
        assertThat(new Instants().convert("2026-11-22"))
                .isEqualTo(LocalDate.of(2026, 11, 22).atStartOfDay(zone).toInstant());
        assertThat(new Instants().convert("2026-11-22T22:30"))
                .isEqualTo(LocalDateTime.of(2026, 11, 22, 22, 30).atZone(zone).toInstant());

        assertThat(Typed.of("preview", file("schedule.yaml", SCHEDULE), "--from", "2026-11-22", "--days", "1")
                        .err())
                .isEqualTo("tidewatch: 2026-11-22 is read in the time zone of this machine, " + zone + "\n");
        assertThat(Typed.of("preview", file("schedule.yaml", SCHEDULE), "--from", "22.11.2026")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void aPathIsAFileAFolderOrStandardInput() throws IOException {
        String[] rest = {"--from", "2026-11-22T00:00:00+09:00", "--days", "1", "-o", "json"};
        String fromFile = preview(file("schedule.yaml", SCHEDULE), rest).out();

        assertThat(JsonMapper.builder().build().readTree(fromFile).path("edges"))
                .hasSize(2);
        assertThat(preview(folder.toString(), rest).out()).isEqualTo(fromFile);
        InputStream standard = System.in;
        System.setIn(new ByteArrayInputStream(SCHEDULE.getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(preview("-", rest).out()).isEqualTo(fromFile);
        } finally {
            System.setIn(standard);
        }
        assertThat(Typed.of("validate", folder.resolve("nowhere").toString()).err())
                .isEqualTo("tidewatch: " + folder.resolve("nowhere") + ": no such file or folder\n");
    }

    @Test
    void allMistakesOfAConfigurationAreReportedAtOnceAndNothingStarts() {
        file("application.properties", "tidewatch.http.adress = 0.0.0.0:1\ntidewatch.resync = soon\n");
        file("sources.yaml", "sources:\n  - {name: shop, ref: main, uri: https://git/x.git}\n");

        Typed run = Typed.of("run", "--config", folder.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines())
                .contains(
                        "tidewatch: application.properties:1: tidewatch.http.adress: tidewatch.http.adress is not a setting"
                                + " of Tidewatch or Camel; did you mean tidewatch.http.address? [unknown-key]",
                        "tidewatch: sources.yaml:2: sources[0].uri: unknown field; did you mean url?"
                                + " [unknown-field]")
                .anyMatch(line -> line.startsWith("tidewatch: application.properties:2: tidewatch.resync: "))
                .endsWith("tidewatch: the configuration in " + folder + " cannot be used");
    }

    @Test
    void aMissingFolderIsReported() {
        assertThat(Typed.of("run", "--config", "/nowhere").err())
                .isEqualTo("tidewatch: --config /nowhere is not a folder\n");
    }

    @Test
    void warningsFailOnlyWhereStrict() {
        file("schedule.yaml", SCHEDULE.replace("minReplicas: 7", "minReplicas: 4"));
        file("scaledobject.yaml", """
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: checkout, namespace: shop}
                spec: {scaleTargetRef: {name: checkout}, minReplicaCount: 5, maxReplicaCount: 20, triggers: [{type: cpu, metadata: {value: "60"}}]}
                """);

        assertThat(Typed.of("validate", folder.toString()).exitCode()).isZero();
        assertThat(Typed.of("validate", folder.toString(), "--strict").exitCode())
                .isEqualTo(1);
    }

    @Test
    void aNoteFailsNowhereAndIsCountedByItself() {
        file("schedule.yaml", SCHEDULE);
        file("scaledobject.yaml", """
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: checkout, namespace: shop}
                spec: {scaleTargetRef: {apiVersion: apps.kruise.io/v1alpha1, kind: CloneSet, name: checkout}, minReplicaCount: 5, maxReplicaCount: 20, triggers: [{type: cpu, metadata: {value: "60"}}]}
                """);
        Typed strict = Typed.of("validate", folder.toString(), "--strict");

        assertThat(strict.exitCode()).isZero();
        assertThat(strict.out())
                .startsWith("note     ")
                .contains("[pods-not-followed]")
                .endsWith("2 documents, 0 errors, 0 warnings, 1 note\n");
        assertThat(Typed.of("validate", folder.toString(), "-o", "json").out()).contains("\"severity\" : \"note\"");
    }

    private static Typed preview(String path, String... rest) {
        String[] all = new String[rest.length + 2];
        all[0] = "preview";
        all[1] = path;
        System.arraycopy(rest, 0, all, 2, rest.length);
        return Typed.of(all);
    }

    private String file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
