package io.tidewatch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.definition.schema.UnknownFields;
import io.tidewatch.model.Problem;
import io.tidewatch.model.Severity;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.definition.SecretText;
import io.tidewatch.model.definition.SourcePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
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
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTest {

    private static final String SOURCES = """
            sources:
              - name: shop
                url: https://git.example.com/shop/deploy.git
                ref: main
                path: production/
                auth: {username: bot, password: "${file:/run/secrets/git-token}"}
                interval: 90s
                deadline: 3m
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
                        Duration.ofMinutes(3),
                        new SourcePolicy("shop", false, false, Set.of("shop", "pay")),
                        Set.of("shop", "pay")));
        Receiver slack = new Receiver.SlackWebhook("payments-slack", Secret.of("https://hooks.example/T0/s3cret"));
        Receiver mail = new Receiver.Email(
                "oncall-mail",
                "tidewatch@example.com",
                List.of("oncall@example.com"),
                new Receiver.Smtp(
                        "smtp.example.com",
                        2525,
                        false,
                        Optional.of("tidewatch"),
                        Optional.of(Secret.of("pa$$ ${env:SLACK_WEBHOOK}"))));
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
    void reportsHaveABranchOfTheirOwnAndMayHaveALogin() {
        String source =
                "sources:\n  - {name: shop, url: 'https://git.example.com/a.git', ref: main, namespaces: [shop], "
                        + "auth: {username: reader, password: r}, reports: {branch: refs/heads/tidewatch/reports%s}}\n";

        SourceConfig plain =
                accepted(Map.of("sources.yaml", source.formatted(""))).sources().get(0);
        assertThat(plain.reports())
                .contains(
                        new NightReports("tidewatch/reports", LocalTime.of(9, 0), Optional.empty(), Optional.empty()));
        assertThat(plain.reportsLogin().orElseThrow().username()).isEqualTo("reader");

        SourceConfig full = accepted(
                        Map.of(
                                "sources.yaml",
                                source.formatted(
                                        ", at: '07:30', timeZone: Asia/Seoul, auth: {username: bot, password: '${file:/run/secrets/git-token}'}")))
                .sources()
                .get(0);
        assertThat(full.reports())
                .contains(new NightReports(
                        "tidewatch/reports",
                        LocalTime.of(7, 30),
                        Optional.of(ZoneId.of("Asia/Seoul")),
                        Optional.of(new SourceConfig.Login("bot", Secret.of("t0ken")))));
        assertThat(full.reportsLogin().orElseThrow().username()).isEqualTo("bot");
        assertThat(full.toString()).doesNotContain("t0ken");
    }

    @Test
    void twoSourcesOfARepositoryShareNoBranchOfReports() {
        String one = "  - {name: %s, url: 'https://git.example.com/a.git', ref: %s, path: %s, namespaces: [shop]%s}\n";
        String reports = ", reports: {branch: nights}";

        assertThat(read(Map.of(
                                "sources.yaml",
                                "sources:\n" + one.formatted("a", "main", "a", reports)
                                        + one.formatted("b", "main", "b", reports)))
                        .problems())
                .extracting(Problem::line, Problem::path, Problem::message)
                .containsExactly(
                        tuple(
                                2,
                                "sources[0].reports",
                                "source b uses the branch nights of this repository; write another branch"),
                        tuple(
                                3,
                                "sources[1].reports",
                                "source a uses the branch nights of this repository; write another branch"));
        assertThat(read(Map.of(
                                "sources.yaml",
                                "sources:\n" + one.formatted("a", "main", "a", reports)
                                        + one.formatted("b", "nights", "b", "")))
                        .problems())
                .extracting(Problem::message)
                .containsExactly("source b uses the branch nights of this repository; write another branch");
        assertThat(read(Map.of(
                                "sources.yaml",
                                ("sources:\n" + one.formatted("a", "main", "a", reports)
                                                + one.formatted("b", "nights", "b", ""))
                                        .replaceFirst("a\\.git", "a/")))
                        .problems())
                .extracting(Problem::message)
                .containsExactly("source b uses the branch nights of this repository; write another branch");
    }

    /** What HEAD is can be seen, and changed, at the remote alone. */
    @Test
    void reportsNeedSourcesWithANamedRef() {
        String one = "  - {name: %s, url: 'https://git.example.com/a.git', ref: %s, path: %s, namespaces: [shop]%s}\n";
        String reports = ", reports: {branch: nights}";

        assertThat(read(Map.of("sources.yaml", "sources:\n" + one.formatted("a", "HEAD", "a", reports)))
                        .problems())
                .extracting(Problem::path, Problem::message)
                .containsExactly(tuple(
                        "sources[0].ref",
                        "HEAD may be the branch of the reports; write the branch that the source is read from"));
        assertThat(read(Map.of(
                                "sources.yaml",
                                "sources:\n" + one.formatted("a", "main", "a", reports)
                                        + one.formatted("b", "HEAD", "b", "")))
                        .problems())
                .extracting(Problem::message)
                .containsExactly(
                        "source b is read from HEAD of this repository, which may be the branch of the reports;"
                                + " write its branch as its ref");
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
    void theSizeOfTheJournalIsOfMebibytesOrGibibytes() {
        assertThat(Values.size("16MiB", 16L << 20, 64L << 30)).contains(16L << 20);
        assertThat(Values.size("64GiB", 16L << 20, 64L << 30)).contains(64L << 30);
        for (String wrong : List.of("15MiB", "65GiB", "256", "256MB", "-1GiB", "1.5GiB", "9999999MiB", "")) {
            assertThat(Values.size(wrong, 16L << 20, 64L << 30)).as(wrong).isEmpty();
        }
        assertThat(accepted(Map.of("application.properties", "tidewatch.state.maxSize = 1GiB"))
                        .maxSize())
                .isEqualTo(1L << 30);
        assertThat(read(Map.of("application.properties", "tidewatch.state.maxSize = 1GB"))
                        .problems())
                .extracting(Problem::message)
                .contains("tidewatch.state.maxSize must be a size from 16MiB to 64GiB, like 256MiB, not \"1GB\"");
    }

    @Test
    void manifestsAreComparedWithTheVersionsOfTheSettings() {
        environment.put("TIDEWATCH_MANIFESTS_KEDA_VERSION", "v2.19.1");
        String settings = "tidewatch.manifests.unknownFields = warn\ntidewatch.manifests.rolloutsVersion = 1.8.3\n";

        assertThat(accepted(Map.of("application.properties", settings)).schemas())
                .isEqualTo(Schemas.NEWEST
                        .with(UnknownFields.WARN)
                        .withRollouts("1.8")
                        .flatMap(known -> known.withKeda("2.19"))
                        .orElseThrow());
    }

    @Test
    void aVersionWhoseFieldsAreNotKnownIsAnErrorThatNamesTheKnownOnes() {
        String settings = "tidewatch.manifests.unknownFields = ignore\ntidewatch.manifests.rolloutsVersion = 1.7.2\n"
                + "tidewatch.manifests.kedaVersion = 2.2\n";

        assertThat(read(Map.of("application.properties", settings)).problems())
                .extracting(Problem::message)
                .contains(
                        "tidewatch.manifests.unknownFields must be error or warn, not \"ignore\"",
                        "tidewatch.manifests.rolloutsVersion must be one of the known versions of Argo Rollouts, 1.8 and 1.9,"
                                + " not \"1.7.2\"",
                        "tidewatch.manifests.kedaVersion must be one of the known versions of KEDA, 2.19 and 2.20, not"
                                + " \"2.2\"");
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

        assertThat(result).isInstanceOf(ConfigurationResult.Invalid.class);
        String reported = result.problems().stream()
                .map(p -> p.file() + ":" + p.line() + " " + p.path() + " " + p.code() + ": " + p.message())
                .collect(Collectors.joining("\n"));
        assertThat(reported).isEqualTo(resource("broken/problems.txt").strip());
    }

    @Test
    void aFolderWithNoneOfTheFilesIsAnError() {
        assertThat(read(Map.of()).problems()).extracting(Problem::code).contains("no-configuration");
        assertThat(read(Map.of())).isInstanceOf(ConfigurationResult.Invalid.class);
    }

    @ParameterizedTest
    @CsvSource({
        "tidewatch.instance, TIDEWATCH_INSTANCE",
        "tidewatch.state.directory, TIDEWATCH_STATE_DIRECTORY",
        "tidewatch.state.keep, TIDEWATCH_STATE_KEEP",
        "tidewatch.state.jdbcUrl, TIDEWATCH_STATE_JDBC_URL",
        "tidewatch.resync, TIDEWATCH_RESYNC",
        "tidewatch.cluster.maxWritesPerSecond, TIDEWATCH_CLUSTER_MAX_WRITES_PER_SECOND",
        "tidewatch.cluster.maxInFlight, TIDEWATCH_CLUSTER_MAX_IN_FLIGHT",
        "tidewatch.controllers.namespaces, TIDEWATCH_CONTROLLERS_NAMESPACES",
        "tidewatch.http.address, TIDEWATCH_HTTP_ADDRESS",
        "tidewatch.http.token, TIDEWATCH_HTTP_TOKEN"
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

    /** camel-main ignores variables that end in _PORT or hold _PORT_; ours are read by a reader of our own. */
    @Test
    void everySettingComesFromTheEnvironmentAlone() {
        secrets.put("/run/secrets/http", "t0ken\n");
        environment.putAll(Map.of(
                "TIDEWATCH_INSTANCE", "night",
                "TIDEWATCH_STATE_DIRECTORY", "/var/lib/tidewatch",
                "TIDEWATCH_STATE_KEEP", "10d",
                "TIDEWATCH_RESYNC", "PT1M",
                "TIDEWATCH_CLUSTER_MAX_WRITES_PER_SECOND", "7",
                "TIDEWATCH_CLUSTER_MAX_IN_FLIGHT", "3",
                "TIDEWATCH_CONTROLLERS_NAMESPACES", "rollouts,keda",
                "TIDEWATCH_HTTP_ADDRESS", "0.0.0.0:9000",
                "TIDEWATCH_HTTP_TOKEN", "${file:/run/secrets/http}",
                "GIT_PORT", "8443"));
        environment.put("ORG_PORT_NAME", "shop");

        assertThat(
                        accepted(
                                Map.of(
                                        "sources.yaml",
                                        "sources:\n  - {name: shop, ref: main, url: 'https://git:${env:GIT_PORT}/${env:ORG_PORT_NAME}.git'}")))
                .isEqualTo(new Configuration(
                        "night",
                        Path.of("/var/lib/tidewatch"),
                        Duration.ofDays(10),
                        Duration.ofMinutes(1),
                        7,
                        3,
                        Set.of("rollouts", "keda"),
                        new Configuration.Http(
                                InetSocketAddress.createUnresolved("0.0.0.0", 9000), Optional.of(Secret.of("t0ken"))),
                        List.of(new SourceConfig(
                                "shop",
                                "https://git:8443/shop.git",
                                "main",
                                "",
                                SourceConfig.Reach.OPEN,
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(2),
                                new SourcePolicy("shop", true, true),
                                Set.of())),
                        Alerting.NOBODY,
                        Map.of()));
    }

    @Test
    void aMistypedVariableIsWarnedOfAndThoseOfAServiceAreNot() {
        environment.putAll(Map.of(
                "TIDEWATCH_HTTP_ADRESS", "x",
                "TIDEWATCH_PORT", "tcp://10.0.0.1:8710",
                "TIDEWATCH_SERVICE_HOST", "10.0.0.1",
                "TIDEWATCH_JAVA_OPTS", "-Xmx256m"));

        assertThat(read(Map.of("application.properties", "")).problems())
                .filteredOn(problem -> problem.file().equals("environment"))
                .extracting(Problem::message)
                .containsExactly("TIDEWATCH_HTTP_ADRESS is not a setting; did you mean TIDEWATCH_HTTP_ADDRESS?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:8710", "10.1.2.3:8710", "127.0.0.1.example.com:8710", "[::]:8710"})
    void anAddressThatOthersReachNeedsAToken(String address) {
        Map<String, String> files = Map.of("application.properties", "tidewatch.http.address=" + address);

        assertThat(read(files).problems()).extracting(Problem::code).contains("no-token");
        environment.put("TIDEWATCH_HTTP_TOKEN", "t0ken");
        assertThat(accepted(files).http().token().map(SecretText::get)).contains("t0ken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8710", "localhost:1", "[::1]:8710"})
    void loopbackNeedsNone(String address) {
        assertThat(accepted(Map.of("application.properties", "tidewatch.http.address=" + address))
                        .http()
                        .token())
                .isEmpty();
    }

    @Test
    void aTokenThatNoHeaderCanHoldIsAnErrorAndNotRepeated() {
        environment.put("TIDEWATCH_HTTP_TOKEN", "two\nlines");

        assertThat(read(Map.of("application.properties", "")).problems())
                .filteredOn(Problem::isError)
                .extracting(Problem::message)
                .containsExactly("tidewatch.http.token must be of letters, digits and punctuation, without a space");
    }

    @Test
    void loginOfTheSharedStateIsReadAgainAndNeverShown() {
        secrets.put("/db-user", "tidewatch\n");
        secrets.put("/db-password", "s3cret\n");
        Configuration read = accepted(Map.of("application.properties", """
                tidewatch.state.jdbcUrl = jdbc:postgresql://db-1:5432,db-2/tidewatch?sslmode=verify-full
                tidewatch.state.username = ${file:/db-user}
                tidewatch.state.password = ${file:/db-password}
                """));

        Configuration.SharedState shared = read.database().orElseThrow();
        assertThat(shared.jdbcUrl()).isEqualTo("jdbc:postgresql://db-1:5432,db-2/tidewatch?sslmode=verify-full");
        assertThat(shared.username().map(SecretText::get)).contains("tidewatch");
        assertThat(shared.password().map(SecretText::get)).contains("s3cret");
        assertThat(read.toString()).doesNotContain("s3cret");
        secrets.put("/db-password", "r0tated\n");
        assertThat(shared.password().map(SecretText::get)).contains("r0tated");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "jdbc:mysql://db/tidewatch wrong-value",
                "db.example.com:5432/tidewatch wrong-value",
                "jdbc:postgresql://db wrong-value",
                "jdbc:postgresql://db/ wrong-value",
                "jdbc:postgresql:///tidewatch wrong-value",
                "jdbc:postgresql://db/tidewatch?password=s3cret login-in-url",
                "jdbc:postgresql://db/tidewatch?ssl=true&user=s3cret login-in-url",
                "jdbc:postgresql://bot:s3cret@db/tidewatch login-in-url"
            })
    void anUrlThatIsNoPostgresqlOrHasALoginIsAnErrorAndNotRepeated(String url, String code) {
        assertThat(read(Map.of("application.properties", "tidewatch.state.jdbcUrl=" + url))
                        .problems())
                .filteredOn(Problem::isError)
                .allSatisfy(problem -> assertThat(problem.message()).doesNotContain("s3cret", "mysql"))
                .extracting(Problem::code)
                .containsExactly(code);
    }

    @Test
    void aLoginWithoutADatabaseIsAnError() {
        assertThat(read(Map.of("application.properties", "tidewatch.state.password=s3cret"))
                        .problems())
                .filteredOn(Problem::isError)
                .extracting(Problem::message)
                .containsExactly("tidewatch.state.password needs tidewatch.state.jdbcUrl");
    }

    @Test
    void aSourceIsReachedThroughItsOwnProxyAndCa() {
        secrets.put("/ca.pem", "-----BEGIN CERTIFICATE-----\n");
        secrets.put("/proxy", "pr0xy\n");

        SourceConfig.Reach reach = accepted(
                        Map.of(
                                "sources.yaml",
                                SOURCES.replace(
                                        "    ref: main",
                                        "    caFile: /ca.pem\n    proxy: http://proxy.example.com:3128\n"
                                                + "    proxyAuth: {username: out, password: \"${file:/proxy}\"}\n    ref: main")))
                .sources()
                .get(0)
                .reach();

        assertThat(reach.caFile()).contains(Path.of("/ca.pem"));
        assertThat(reach.proxy())
                .contains(new SourceConfig.Proxy(
                        "proxy.example.com", 3128, Optional.of(new SourceConfig.Login("out", Secret.of("pr0xy")))));
    }

    @Test
    void aSecretsFileIsReadAnewAndKeptWhileItIsGone() {
        secrets.put("/proxy", "one\n");
        SecretText secret = accepted(
                        Map.of(
                                "sources.yaml",
                                SOURCES.replace(
                                        "    ref: main",
                                        "    proxy: http://p:1\n    proxyAuth: {username: a, password: \"${file:/proxy}\"}\n    ref: main")))
                .sources()
                .get(0)
                .reach()
                .proxy()
                .flatMap(SourceConfig.Proxy::login)
                .orElseThrow()
                .password();

        secrets.put("/proxy", "two\n");
        assertThat(secret.get()).isEqualTo("two");
        secrets.remove("/proxy");
        assertThat(secret.get()).isEqualTo("two");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "caFile: /nowhere.pem | there is no readable file /nowhere.pem",
                "caFile: /text | caFile /text has no certificate in PEM format",
                "proxy: proxy:3128 | proxy must be http://host:port without a login; write the login as proxyAuth: {username, password}",
                "proxy: 'http://a:s3cret@proxy:3128' | proxy must be http://host:port without a login; write the login as proxyAuth: {username, password}",
                "proxyAuth: {username: a, password: b} | proxyAuth without proxy; write proxy: http://host:port",
                "cafile: /text | unknown field; did you mean caFile?"
            })
    void anImpossibleConnectionIsReported(String field, String reported) {
        secrets.put("/text", "text");

        assertThat(read(Map.of("sources.yaml", SOURCES.replace("    ref: main", "    " + field + "\n    ref: main")))
                        .problems())
                .filteredOn(Problem::isError)
                .extracting(Problem::message)
                .containsExactly(reported);
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

    private static final String APPLIES = "  - {name: %s, url: 'https://git.example.com/a.git', ref: main%s}\n";

    @Test
    void aSourceThatAppliesEverywhereIsAWarning() {
        String text = "sources:\n" + APPLIES.formatted("shop", "");

        assertThat(read(Map.of("sources.yaml", text)).problems())
                .filteredOn(problem -> problem.code().equals("unbounded-source"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
                    assertThat(problem.line()).isEqualTo(2);
                    assertThat(problem.message())
                            .isEqualTo("source shop may apply manifests in all namespaces; write namespaces:"
                                    + " [NAMESPACE, …] with those that it may write to, or apply: none");
                });
    }

    @Test
    void amongSeveralSourcesItIsAnError() {
        String text = "sources:\n" + APPLIES.formatted("shop", ", namespaces: [shop]") + APPLIES.formatted("bank", "")
                + APPLIES.formatted("read", ", apply: none");

        assertThat(read(Map.of("sources.yaml", text)).problems())
                .filteredOn(Problem::isError)
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("unbounded-source");
                    assertThat(problem.line()).isEqualTo(3);
                });
    }

    @Test
    void secretsInClearTextAreWarnings() {
        String text = """
                receivers:
                  - {name: a, type: slack, webhookUrl: "http://hooks.example.com/x"}
                  - {name: b, type: slack, webhookUrl: "http://127.0.0.1:9/x"}
                  - {name: c, type: email, from: t@example.com, to: [o@example.com],
                     smtp: {host: smtp.example.com, startTls: false, username: t, password: p}}
                default: [a]
                """;

        assertThat(read(Map.of("alerts.yaml", text)).problems())
                .filteredOn(problem -> problem.file().equals("alerts.yaml"))
                .extracting(Problem::line, Problem::code)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2, "clear-text-webhook"),
                        org.assertj.core.groups.Tuple.tuple(5, "clear-text-login"));
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
    void configurationIsReadAsStrictlyAsDefinitions() {
        List<Problem> problems = read(Map.of(
                        "sources.yaml", "sources:\n  - name: shop\n    ref: main\n    ref: next\n",
                        "alerts.yaml", "default: [a]\n---\ndefault: [b]\n"))
                .problems();

        assertThat(problems)
                .extracting(Problem::file, Problem::line, Problem::path, Problem::code, Problem::message)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(
                                "sources.yaml",
                                4,
                                "sources[0].ref",
                                "duplicate-key",
                                "ref is written twice; the first is on line 3"),
                        org.assertj.core.groups.Tuple.tuple(
                                "alerts.yaml",
                                3,
                                "",
                                "yaml-syntax",
                                "the file has several documents; keep one of them"));
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
        return ConfigurationReader.read(files, environment, path -> Optional.ofNullable(secrets.get(path)));
    }

    private static String resource(String name) {
        try (var stream = ConfigurationReaderTest.class.getResourceAsStream("/configuration/" + name)) {
            return new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
