package io.tidewatch.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Alerting;
import io.tidewatch.model.Problem;
import io.tidewatch.model.Receiver;
import io.tidewatch.model.Severity;
import io.tidewatch.model.SourcePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationReaderTest {

    private static final String SOURCES = """
            sources:
              - name: shop
                url: https://git.example.com/shop/deploy.git
                ref: main
                path: production/
                auth: {username: bot, password: "${file:/run/secrets/git-token}"}
                interval: 90s
                apply: none
                kinds: []
                namespaces: [shop, pay]
                prune: false
                drift: Report
            """;

    private static final String ALERTS = """
            receivers:
              - {name: payments-slack, type: slack, webhookUrl: "${env:SLACK_WEBHOOK}"}
              - {name: oncall-mail, type: email, from: tidewatch@example.com, to: [oncall@example.com],
                 smtp: {host: smtp.example.com, port: 2525, startTls: false, username: tidewatch, password: "${file:/run/secrets/smtp}"}}
            routes:
              - {namespaces: [shop], severities: [critical], receivers: [payments-slack, oncall-mail]}
            default: [oncall-mail]
            digest: {at: 08:00, timeZone: Asia/Seoul, receivers: [payments-slack]}
            """;

    private final Map<String, String> environment =
            new HashMap<>(Map.of("SLACK_WEBHOOK", "https://hooks.example/T0/s3cret"));
    private final Map<String, String> secrets = new HashMap<>(
            Map.of("/run/secrets/git-token", "t0ken\n", "/run/secrets/smtp", "pa$$ ${env:SLACK_WEBHOOK}"));

    @Test
    void theContractsExampleIsReadWhole() {
        Configuration read = accepted(Map.of(
                "application.properties", "tidewatch.instance = night\ncamel.main.name = x\ntidewatch.resync=PT1M\n",
                "sources.yaml", SOURCES,
                "alerts.yaml", ALERTS));

        assertThat(read.instance()).isEqualTo("night");
        assertThat(read.resync()).isEqualTo(Duration.ofMinutes(1));
        assertThat(read.camel()).containsExactly(Map.entry("camel.main.name", "x"));
        assertThat(read.sources())
                .containsExactly(new SourceConfig(
                        "shop",
                        "https://git.example.com/shop/deploy.git",
                        "main",
                        "production",
                        new SourceConfig.Reach(
                                Optional.of(new SourceConfig.Login("bot", Secret.of("t0ken"))),
                                Optional.empty(),
                                Optional.empty()),
                        Duration.ofSeconds(90),
                        new SourcePolicy("shop", false, false),
                        Set.of("shop", "pay")));
        Receiver slack = new Receiver.SlackWebhook("payments-slack", "https://hooks.example/T0/s3cret");
        Receiver mail = new Receiver.Email(
                "oncall-mail",
                "tidewatch@example.com",
                List.of("oncall@example.com"),
                new Receiver.Smtp(
                        "smtp.example.com",
                        2525,
                        false,
                        Optional.of("tidewatch"),
                        Optional.of("pa$$ ${env:SLACK_WEBHOOK}")));
        assertThat(read.alerting())
                .isEqualTo(new Alerting(
                        List.of(slack, mail),
                        List.of(new Alerting.Route(
                                Set.of("shop"), Set.of(Severity.CRITICAL), List.of("payments-slack", "oncall-mail"))),
                        List.of("oncall-mail"),
                        Optional.of(new Alerting.Digest(
                                LocalTime.of(8, 0), ZoneId.of("Asia/Seoul"), List.of("payments-slack")))));
    }

    @Test
    void secretsAreNeverShown() {
        Configuration read = accepted(Map.of("sources.yaml", SOURCES, "alerts.yaml", ALERTS));

        assertThat(read.toString()).doesNotContain("s3cret", "t0ken", "pa$$");
    }

    @Test
    void theShippedConfigurationStartsWithTheDefaultsAndSaysThatNothingIsScheduled() throws IOException {
        Map<String, String> files = new HashMap<>();
        for (String name : ConfigurationReader.FILES) {
            files.put(name, Files.readString(Path.of("config", name)));
        }

        ConfigurationResult result = read(files);

        assertThat(result).isInstanceOf(ConfigurationResult.Accepted.class);
        Configuration read = ((ConfigurationResult.Accepted) result).configuration();
        assertThat(read)
                .isEqualTo(new Configuration(
                        "tidewatch",
                        Path.of("state"),
                        Duration.ofDays(90),
                        Duration.ofMinutes(5),
                        20,
                        8,
                        Set.of("argo-rollouts", "keda"),
                        Configuration.Http.DEFAULT,
                        List.of(),
                        Alerting.NOBODY,
                        Map.of()));
        assertThat(result.problems()).extracting(Problem::code).containsExactly("no-receivers", "no-sources");
    }

    @Test
    void theExamplesInTheShippedFilesAreValid() throws IOException {
        Map<String, String> files = new HashMap<>();
        for (String name : List.of("sources.yaml", "alerts.yaml")) {
            String text = Files.readString(Path.of("config", name));
            String example = text.substring(text.indexOf("[]") + 2)
                    .lines()
                    .map(line -> line.replaceFirst("^# ?", ""))
                    .collect(Collectors.joining("\n"));
            files.put(name, example);
        }

        Configuration read = accepted(files);

        assertThat(read.sources()).hasSize(1);
        assertThat(read.alerting().receivers()).hasSize(2);
    }

    @Test
    void everyMistakeIsListedAtOnceWithFileAndLine() {
        Map<String, String> files = ConfigurationReader.FILES.stream()
                .collect(Collectors.toMap(name -> name, name -> resource("broken/" + name)));

        ConfigurationResult result = read(files);

        assertThat(result).isInstanceOf(ConfigurationResult.Refused.class);
        String told = result.problems().stream()
                .map(p -> p.file() + ":" + p.line() + " " + p.path() + " " + p.code() + ": " + p.message())
                .collect(Collectors.joining("\n"));
        assertThat(told).isEqualTo(resource("broken/problems.txt").strip());
    }

    @Test
    void aFolderWithNoneOfTheFilesIsRefused() {
        assertThat(read(Map.of()).problems()).extracting(Problem::code).contains("no-configuration");
        assertThat(read(Map.of())).isInstanceOf(ConfigurationResult.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "tidewatch.instance, TIDEWATCH_INSTANCE",
        "tidewatch.state.directory, TIDEWATCH_STATE_DIRECTORY",
        "tidewatch.state.keep, TIDEWATCH_STATE_KEEP",
        "tidewatch.resync, TIDEWATCH_RESYNC",
        "tidewatch.cluster.maxWritesPerSecond, TIDEWATCH_CLUSTER_MAX_WRITES_PER_SECOND",
        "tidewatch.cluster.maxInFlight, TIDEWATCH_CLUSTER_MAX_IN_FLIGHT",
        "tidewatch.controllers.namespaces, TIDEWATCH_CONTROLLERS_NAMESPACES"
    })
    void eachKeyHasItsVariable(String key, String variable) {
        assertThat(SettingsReader.variable(key)).isEqualTo(variable);
    }

    @Test
    void theEnvironmentWinsOverTheFile() {
        environment.put("TIDEWATCH_CLUSTER_MAX_IN_FLIGHT", "3");

        assertThat(accepted(Map.of("application.properties", "tidewatch.cluster.maxInFlight=5"))
                        .maxInFlight())
                .isEqualTo(3);
    }

    @Test
    void theJournalIsKeptInDaysAndLongEnoughForADigest() {
        assertThat(accepted(Map.of("application.properties", "tidewatch.state.keep=2d"))
                        .keep())
                .isEqualTo(Duration.ofDays(2));
        assertThat(accepted(Map.of("application.properties", "tidewatch.state.keep=1d24h"))
                        .keep())
                .isEqualTo(Duration.ofDays(2));
        for (String wrong : List.of("47h", "0d", "36501d", "for ever")) {
            assertThat(read(Map.of("application.properties", "tidewatch.state.keep=" + wrong))
                            .problems())
                    .filteredOn(Problem::isError)
                    .extracting(Problem::path, Problem::line)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("tidewatch.state.keep", 1));
        }
    }

    @Test
    void aMistakeInTheEnvironmentNamesTheVariable() {
        environment.put("TIDEWATCH_RESYNC", "soon");

        assertThat(read(Map.of("application.properties", "")).problems())
                .filteredOn(Problem::isError)
                .extracting(Problem::file, Problem::path)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("environment", "TIDEWATCH_RESYNC"));
    }

    @Test
    void aWrongSecretIsNotRepeated() {
        environment.put("SLACK_WEBHOOK", "s3cret without a scheme");

        assertThat(read(Map.of("sources.yaml", SOURCES, "alerts.yaml", ALERTS)).problems())
                .extracting(Problem::message)
                .containsExactly("webhookUrl must be an http:// or https:// URL");
    }

    @Test
    void aTextThatIsNotYamlNamesItsLineAndHidesNoOtherFile() {
        List<Problem> problems = read(Map.of(
                        "sources.yaml", "sources:\n  - {name: shop\n", "alerts.yaml", "reciever: []"))
                .problems();

        assertThat(problems)
                .filteredOn(Problem::isError)
                .extracting(Problem::code)
                .containsExactly("unknown-field", "yaml-syntax");
        assertThat(problems)
                .filteredOn(p -> p.code().equals("yaml-syntax"))
                .extracting(Problem::line)
                .containsExactly(3);
    }

    @Test
    void aTagThatLooksLikeANumberStaysAsWritten() {
        String sources = SOURCES.replace("ref: main", "ref: 1.10");

        assertThat(accepted(Map.of("sources.yaml", sources)).sources().get(0).ref())
                .isEqualTo("1.10");
    }

    private Configuration accepted(Map<String, String> files) {
        ConfigurationResult result = read(files);
        assertThat(result.problems()).noneMatch(Problem::isError);
        return ((ConfigurationResult.Accepted) result).configuration();
    }

    private ConfigurationResult read(Map<String, String> files) {
        return ConfigurationReader.read(
                files,
                name -> Optional.ofNullable(environment.get(name)),
                path -> Optional.ofNullable(secrets.get(path)));
    }

    private static String resource(String name) {
        try (var stream = ConfigurationReaderTest.class.getResourceAsStream("/configuration/" + name)) {
            return new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
