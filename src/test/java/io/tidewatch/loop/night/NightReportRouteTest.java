package io.tidewatch.loop.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.MovedClock;
import io.tidewatch.app.RouteErrors;
import io.tidewatch.git.Access;
import io.tidewatch.git.Credentials;
import io.tidewatch.git.GitHost;
import io.tidewatch.git.PullAttempt;
import io.tidewatch.git.ReportBranch;
import io.tidewatch.loop.SelfIncidents;
import io.tidewatch.loop.source.PullThreads;
import io.tidewatch.model.definition.SecretText;
import io.tidewatch.model.report.NightReportHealth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The way of a report to its branch, over the routes as they lie in the project and real remotes. */
class NightReportRouteTest {

    private static final String BRANCH = "tidewatch/reports";
    private static final Instant MORNING = Instant.parse("2026-11-23T09:00:00Z");
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final String LOGIN = "bot:s3cret";

    @TempDir
    private Path folder;

    private final MovedClock clock = new MovedClock(MORNING);
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> incidents = new CopyOnWriteArrayList<>();
    private final Map<String, String> pages = new TreeMap<>(Map.of("README.md", "index", "nights/a.md", "one night"));
    private final List<Runnable> deadlines = new CopyOnWriteArrayList<>();
    private Set<Instant> armed = Set.of();
    private boolean leads = true;
    private boolean knows = true;
    private Optional<ZoneId> shared = Optional.of(ZoneOffset.UTC);
    private Optional<ZoneId> configured = Optional.empty();
    private Path bare;
    private Path work;

    @BeforeEach
    void makeRemote() {
        bare = folder.resolve("deploy.git");
        work = folder.resolve("work");
        run(folder, "init", "-q", "--bare", "-b", "main", bare.toString());
        run(folder, "clone", "-q", bare.toUri().toString(), work.toString());
        commit("main", "schedules.yaml", "kind: ScaleSchedule");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private NightReportStage stage(String url, Optional<ReportedSource.Login> login, PullThreads threads) {
        Access access = new Access(
                login.map(one -> new Credentials(one.username(), one.password())), Optional.empty(), Optional.empty());
        ReportedSource source = new ReportedSource(
                "shop",
                new ReportBranch("shop", url, BRANCH, access, folder.resolve("state + 100%/reports/shop")),
                LocalTime.of(9, 0),
                configured,
                login,
                DEADLINE);
        NightReportStage stage = new NightReportStage(
                List.of(source),
                new Pages(),
                job -> context.createProducerTemplate().sendBody("direct:night-report", job),
                threads,
                () -> leads,
                (name, text) -> told.add(text),
                new Incidents(),
                clock,
                instants -> armed = instants);
        context.getRegistry().bind("nights", stage);
        context.getRegistry().bind("nightRemotes", new NightRemotes(context));
        context.getRegistry().bind("routeErrors", new RouteErrors(Clock.systemUTC(), () -> false));
        try {
            for (String file : List.of("90-errors", "75-night-reports")) {
                PluginHelper.getRoutesLoader(context)
                        .loadRoutes(PluginHelper.getResourceLoader(context)
                                .resolveResource("file:routes/" + file + ".yaml"));
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        context.getRouteDefinition("night-reports-start").setAutoStartup("false");
        context.start();
        return stage;
    }

    /** Each attempt ends before the next line of a test. */
    private NightReportStage stage() {
        return stage(bare.toUri().toString(), Optional.empty(), atOnce());
    }

    private void later(Duration time) {
        clock.moveTo(clock.instant().plus(time));
    }

    private PullThreads atOnce() {
        return new PullThreads(1, (length, then) -> () -> {}, (task, name) -> task.run());
    }

    @Test
    void aBranchIsBegunByTheFirstReport() {
        stage().due();

        assertThat(remote("show", BRANCH + ":nights/a.md")).isEqualTo("one night");
        assertThat(remote("log", "--format=%an %ae|%cn|%s", BRANCH))
                .isEqualTo("Tidewatch tidewatch@localhost|Tidewatch|Report a night");
        assertThat(remote("ls-tree", "-r", "--name-only", BRANCH)).isEqualTo("README.md\nnights/a.md");
        assertThat(remote("log", "--format=%s", "main")).isEqualTo("schedules.yaml");
        assertThat(told).containsExactly("the report of the night is on the branch tidewatch/reports");
        assertThat(armed).containsExactly(MORNING.plus(Duration.ofDays(1)));
    }

    @Test
    void theNextReportFollowsOnIt() {
        NightReportStage stage = stage();
        stage.due();
        later(Duration.ofDays(1));
        pages.put("nights/b.md", "another");
        stage.due();
        stage.due();

        assertThat(remote("log", "--format=%s", BRANCH)).isEqualTo("Report a night\nReport a night");
        assertThat(remote("show", BRANCH + ":nights/a.md")).isEqualTo("one night");
        assertThat(remote("show", BRANCH + ":nights/b.md")).isEqualTo("another");
    }

    @Test
    void whatStandsIsNotWrittenAgain() {
        stage().due();
        String before = remote("rev-parse", BRANCH);
        NightReportStage afterRestart = again();
        afterRestart.due();

        assertThat(remote("rev-parse", BRANCH)).isEqualTo(before);
        assertThat(told).hasSize(1);
    }

    /** The same as another process, or another replica, finds it. */
    private NightReportStage again() {
        context.stop();
        NightReportRouteTest other = new NightReportRouteTest();
        other.folder = folder;
        other.bare = bare;
        NightReportStage stage = other.stage(bare.toUri().toString(), Optional.empty(), other.atOnce());
        others.add(other.context);
        return stage;
    }

    private final List<CamelContext> others = new ArrayList<>();

    @AfterEach
    void stopOthers() {
        others.forEach(CamelContext::stop);
    }

    @Test
    void aBranchThatSomebodyMovedIsTakenUpAgain() {
        NightReportStage stage = stage();
        stage.due();
        git("fetch", "-q");
        git("checkout", "-q", "--orphan", "other");
        git("rm", "-q", "-rf", ".");
        write("notes.md", "a person's");
        git("add", "-A");
        git("commit", "-q", "-m", "rewritten");
        git("push", "-q", "-f", "origin", "other:" + BRANCH);
        later(Duration.ofDays(1));
        stage.due();

        assertThat(remote("log", "--format=%s", BRANCH)).isEqualTo("Report a night\nrewritten");
        assertThat(remote("ls-tree", "-r", "--name-only", BRANCH)).isEqualTo("README.md\nnights/a.md\nnotes.md");
    }

    @Test
    void aBranchThatSomebodyDeletedIsBegunAgain() {
        NightReportStage stage = stage();
        stage.due();
        remote("update-ref", "-d", "refs/heads/" + BRANCH);
        later(Duration.ofDays(1));
        stage.due();

        assertThat(remote("show", BRANCH + ":nights/a.md")).isEqualTo("one night");
    }

    @Test
    void whoPushesAtTheSameTimeWinsAndTheReportFollows() {
        NightReportStage stage = stage();
        stage.due();
        later(Duration.ofDays(1));
        pages.put("nights/b.md", "another");
        meanwhile = () -> {
            git("fetch", "-q");
            git("checkout", "-q", "-B", "mine", "origin/" + BRANCH);
            write("notes.md", "a person's");
            git("add", "-A");
            git("commit", "-q", "-m", "faster");
            git("push", "-q", "origin", "mine:" + BRANCH);
        };
        stage.due();

        assertThat(told.get(1))
                .isEqualTo("the report of the night cannot be pushed to the branch tidewatch/reports: shop: somebody"
                        + " pushed to the branch tidewatch/reports at the same time; trying again");
        assertThat(remote("log", "--format=%s", BRANCH)).isEqualTo("faster\nReport a night");
        assertThat(armed).containsExactly(clock.instant().plus(Duration.ofMinutes(1)));

        later(Duration.ofMinutes(1));
        stage.due();

        assertThat(remote("log", "--format=%s", BRANCH)).isEqualTo("Report a night\nfaster\nReport a night");
        assertThat(told.get(2)).isEqualTo("the report of the night is on the branch tidewatch/reports");
    }

    private Runnable meanwhile = () -> {};

    @Test
    void aSymbolicLinkOnTheBranchLeadsNowhere() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        git("checkout", "-q", "--orphan", "trap");
        git("rm", "-q", "-rf", ".");
        Files.createSymbolicLink(work.resolve("nights"), outside);
        git("add", "-A");
        git("commit", "-q", "-m", "trap");
        git("push", "-q", "origin", "trap:" + BRANCH);
        stage().due();

        assertThat(outside).isEmptyDirectory();
        assertThat(remote("show", BRANCH + ":nights/a.md")).isEqualTo("one night");
    }

    @Test
    void aFollowerReportsNothing() {
        leads = false;
        NightReportStage stage = stage();
        stage.due();

        assertThat(remote("branch", "--list", BRANCH)).isEmpty();
        assertThat(armed).containsExactly(MORNING.plus(Duration.ofDays(1)));

        leads = true;
        stage.due();

        assertThat(remote("show", BRANCH + ":nights/a.md")).isEqualTo("one night");
    }

    @Test
    void whatIsNotKnownIsReportedLater() {
        knows = false;
        NightReportStage stage = stage();
        stage.due();

        assertThat(told.get(0)).contains("the journal cannot be read now");
        assertThat(remote("branch", "--list", BRANCH)).isEmpty();

        knows = true;
        later(Duration.ofMinutes(1));
        stage.due();

        assertThat(remote("show", BRANCH + ":nights/a.md")).isEqualTo("one night");
    }

    @Test
    void aDayOfFailuresIsAnIncidentAndItEnds() {
        bare.toFile().renameTo(folder.resolve("away.git").toFile());
        NightReportStage stage = stage();
        stage.due();

        assertThat(told.get(0)).contains("there is no repository at");
        assertThat(stage.health().get("shop").trouble()).contains(told.get(0));
        assertThat(incidents).isEmpty();
        later(Duration.ofHours(23));
        stage.due();
        assertThat(told).hasSize(1);
        assertThat(incidents).isEmpty();
        later(Duration.ofHours(1));
        stage.due();
        assertThat(incidents)
                .containsExactly("reports/shop opened: source shop: no report of a night could be pushed for a day");
        assertThat(told).hasSize(1);

        folder.resolve("away.git").toFile().renameTo(bare.toFile());
        later(Duration.ofHours(1));
        stage.due();
        assertThat(incidents).last().isEqualTo("reports/shop resolved: the report of the night was pushed");
        assertThat(stage.health().get("shop"))
                .isEqualTo(new NightReportHealth(
                        BRANCH, Optional.of(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)), Optional.empty()));
    }

    static boolean hasHost() {
        return GitHost.isInstalled();
    }

    private Optional<ReportedSource.Login> login(String password) {
        return Optional.of(new ReportedSource.Login("bot", SecretText.of(password)));
    }

    @Test
    @EnabledIf("hasHost")
    void aLoginIsUsedOverHttp() {
        run(bare, "config", "http.receivepack", "true");
        try (GitHost host = GitHost.http(folder, LOGIN)) {
            stage(host.url("deploy.git"), login("s3cret"), atOnce()).due();

            assertThat(told).containsExactly("the report of the night is on the branch tidewatch/reports");
            assertThat(remote("show", BRANCH + ":nights/a.md")).isEqualTo("one night");
            assertThat(context.getEndpoints().toString()).doesNotContain("s3cret");
            assertThat(everyFile(folder.resolve("state + 100%"))).noneMatch(text -> text.contains("s3cret"));
        }
    }

    @Test
    @EnabledIf("hasHost")
    void aLoginThatMayNotPushIsTold() {
        run(bare, "config", "http.receivepack", "false");
        try (GitHost host = GitHost.http(folder, LOGIN)) {
            stage(host.url("deploy.git"), login("s3cret"), atOnce()).due();

            assertThat(told)
                    .containsExactly("the report of the night cannot be pushed to the branch tidewatch/reports: shop: "
                            + host.url("deploy.git") + " lets nobody push with the login of bot; write a login with the"
                            + " right to push as reports.auth: {username, password}; trying again");
            ReportBranch asked = new ReportBranch(
                    "shop",
                    host.url("deploy.git"),
                    BRANCH,
                    new Access(
                            Optional.of(new Credentials("bot", SecretText.of("s3cret"))),
                            Optional.empty(),
                            Optional.empty()),
                    folder.resolve("asked"));
            assertThatThrownBy(() -> asked.mayPush(new PullAttempt()))
                    .hasMessageContaining("lets nobody push with the login of bot");
            run(bare, "config", "http.receivepack", "true");
            assertThat(asked.mayPush(new PullAttempt()))
                    .as("the branch is there")
                    .isFalse();
            asked.discard();
            assertThat(folder.resolve("asked")).doesNotExist();
        }
    }

    @Test
    @EnabledIf("hasHost")
    void aRejectedLoginIsTold() {
        try (GitHost host = GitHost.http(folder, LOGIN)) {
            stage(host.url("deploy.git"), login("old"), atOnce()).due();

            assertThat(told.get(0)).contains(" rejected the login of bot; trying again");
        }
    }

    @Test
    @EnabledIf("hasHost")
    void aRuleOfTheRemoteIsToldInItsOwnWords() throws IOException {
        run(bare, "config", "http.receivepack", "true");
        Path hook =
                Files.writeString(bare.resolve("hooks/update"), "#!/bin/sh\necho 'branch is protected' >&2\nexit 1\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (GitHost host = GitHost.http(folder, "")) {
            stage(host.url("deploy.git"), Optional.empty(), atOnce()).due();

            assertThat(told.get(0)).contains("rejected the push to the branch tidewatch/reports: hook declined");
            assertThat(remote("branch", "--list", BRANCH)).isEmpty();
        }
    }

    /** A remote that takes connections and never answers; the deadline passes when the test says so. */
    @Test
    void aRemoteThatHangsIsGivenUp() throws Exception {
        BlockingQueue<String> ended = new LinkedBlockingQueue<>();
        PullThreads threads = new PullThreads(
                1,
                (length, then) -> {
                    deadlines.add(then);
                    return () -> deadlines.remove(then);
                },
                (task, name) -> new Thread(
                                () -> {
                                    task.run();
                                    ended.add(name);
                                },
                                name)
                        .start());
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            NightReportStage stage =
                    stage("http://127.0.0.1:" + silent.getLocalPort() + "/deploy.git", Optional.empty(), threads);
            stage.due();
            awaitRequest(silent);
            stage.due();
            deadlines.get(0).run();

            assertThat(ended.poll(60, TimeUnit.SECONDS)).isEqualTo("tidewatch-git-report-shop");
            assertThat(told)
                    .singleElement()
                    .asString()
                    .contains("not finished after 120 s, the deadline of the source");
            assertThat(armed).containsExactly(clock.instant().plus(Duration.ofMinutes(1)));
        }
    }

    /** As of a file system that hangs: nothing ends the thread. */
    @Test
    void anAttemptThatNeverEndsIsAnIncidentAfterADay() {
        PullThreads threads = new PullThreads(
                1,
                (length, then) -> {
                    deadlines.add(then);
                    return () -> {};
                },
                (task, name) -> {});
        NightReportStage stage = stage(bare.toUri().toString(), Optional.empty(), threads);
        stage.due();
        deadlines.get(0).run();

        assertThat(told).singleElement().asString().contains("not finished after 120 s");
        assertThat(armed).containsExactly(MORNING.plus(Duration.ofDays(1)));
        later(Duration.ofDays(1));
        stage.due();
        assertThat(incidents)
                .containsExactly("reports/shop opened: source shop: no report of a night could be pushed for a day");
    }

    /** Camel waits for a route that runs when it stops, and another replica waits for the Lease meanwhile. */
    @Test
    void anAttemptEndsWithTheProcessAndIsNotTold() throws Exception {
        BlockingQueue<String> ended = new LinkedBlockingQueue<>();
        PullThreads threads = new PullThreads(
                1,
                (length, then) -> () -> {},
                (task, name) -> new Thread(
                                () -> {
                                    task.run();
                                    ended.add(name);
                                },
                                name)
                        .start());
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            NightReportStage stage =
                    stage("http://127.0.0.1:" + silent.getLocalPort() + "/deploy.git", Optional.empty(), threads);
            stage.due();
            awaitRequest(silent);
            stage.end();

            assertThat(ended.poll(60, TimeUnit.SECONDS)).isEqualTo("tidewatch-git-report-shop");
            assertThat(told).isEmpty();
            stage.due();
            assertThat(ended).isEmpty();
        }
    }

    /** Its page would say that nothing was changed, and stand. */
    @Test
    void aSourceThatHasNotBeenReadIsReportedLater() {
        configured = Optional.of(ZoneOffset.UTC);
        shared = Optional.empty();
        NightReportStage stage = stage();
        stage.due();

        assertThat(remote("branch", "--list", BRANCH)).isEmpty();
        assertThat(armed).containsExactly(MORNING.plus(Duration.ofMinutes(1)));

        shared = Optional.of(ZoneId.of("Asia/Seoul"));
        later(Duration.ofMinutes(1));
        stage.due();

        assertThat(remote("show", BRANCH + ":nights/a.md")).isEqualTo("one night");
        assertThat(armed).containsExactly(MORNING.plus(Duration.ofDays(1)));
    }

    @Test
    void aPauseEndsWhereTheClockIsSetBack() {
        Path away = folder.resolve("away.git");
        clock.moveTo(MORNING.plus(Duration.ofDays(1_000)));
        bare.toFile().renameTo(away.toFile());
        NightReportStage stage = stage();
        stage.due();
        assertThat(told).hasSize(1);

        away.toFile().renameTo(bare.toFile());
        clock.moveTo(MORNING);
        stage.due();

        assertThat(remote("show", BRANCH + ":nights/a.md")).isEqualTo("one night");
    }

    @Test
    void aFailureFromBeforeAnotherReplicaLedCountsNoMore() {
        Path away = folder.resolve("away.git");
        bare.toFile().renameTo(away.toFile());
        NightReportStage stage = stage();
        stage.due();
        leads = false;
        later(Duration.ofMinutes(1));
        stage.due();
        leads = true;
        later(Duration.ofDays(2));
        stage.due();

        assertThat(told).hasSize(2);
        assertThat(incidents).isEmpty();
    }

    /** Git keeps a branch as a file, so one cannot lie below another. */
    @Test
    void aBranchInTheWayIsTold() {
        git("push", "-q", "origin", "main:tidewatch");
        stage().due();

        assertThat(told).singleElement().asString().contains("(is there a branch that is a part of this name?)");
    }

    @Test
    void attributesAndIgnoredFilesOfTheBranchDoNotCount() {
        git("checkout", "-q", "--orphan", "rules");
        git("rm", "-q", "-rf", ".");
        write(".gitignore", "*.md\nnights/\n");
        write(".gitattributes", "*.md filter=lfs text eol=crlf\n");
        git("add", "-A");
        git("commit", "-q", "-m", "rules");
        git("push", "-q", "origin", "rules:" + BRANCH);
        git("tag", BRANCH, "main");
        git("push", "-q", "origin", "refs/tags/" + BRANCH);
        stage().due();

        assertThat(remote("show", "refs/heads/" + BRANCH + ":nights/a.md")).isEqualTo("one night");
        assertThat(remote("ls-tree", "-r", "--name-only", "refs/heads/" + BRANCH))
                .isEqualTo(".gitattributes\n.gitignore\nREADME.md\nnights/a.md");
        assertThat(remote("rev-parse", "refs/tags/" + BRANCH)).isEqualTo(remote("rev-parse", "main"));
    }

    /** From then on, closing the connection ends the request. */
    private static void awaitRequest(ServerSocket silent) throws IOException {
        assertThat(silent.accept().getInputStream().read()).isPositive();
    }

    private Stream<String> everyFile(Path under) {
        try (Stream<Path> files = Files.walk(under)) {
            return files.filter(Files::isRegularFile).map(NightReportRouteTest::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes those of {@link #pages} that the branch lacks. */
    private final class Pages implements NightWriter {

        @Override
        public Optional<ZoneId> zone(String source) {
            return shared;
        }

        @Override
        public Set<String> read(ReportedSource source, ZoneId zone, Instant now) {
            return pages.keySet();
        }

        @Override
        public List<String> paths() {
            return List.of("README.md", "nights");
        }

        @Override
        public Optional<Written> pages(ReportedSource source, ZoneId zone, Map<String, String> standing, Instant now) {
            meanwhile.run();
            meanwhile = () -> {};
            Map<String, String> lacking = new TreeMap<>(pages);
            lacking.keySet().removeAll(standing.keySet());
            return knows ? Optional.of(new Written("Report a night", lacking)) : Optional.empty();
        }
    }

    private final class Incidents implements SelfIncidents {

        @Override
        public void open(String key, String summary) {
            incidents.add(key + " opened: " + summary);
        }

        @Override
        public void resolve(String key, String summary) {
            if (!incidents.isEmpty()) {
                incidents.add(key + " resolved: " + summary);
            }
        }
    }

    private void commit(String branch, String file, String text) {
        write(file, text);
        git("checkout", "-q", "-B", branch);
        git("add", "-A");
        git("commit", "-q", "-m", file);
        git("push", "-q", "origin", branch);
    }

    private void write(String file, String text) {
        try {
            Files.writeString(work.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String git(String... arguments) {
        return run(work, arguments);
    }

    private String remote(String... arguments) {
        return run(bare, arguments);
    }

    private static String run(Path folder, String... arguments) {
        try {
            ProcessBuilder builder = new ProcessBuilder(
                    Stream.concat(Stream.of("git"), Stream.of(arguments)).toList());
            builder.directory(folder.toFile()).redirectErrorStream(true);
            builder.environment()
                    .putAll(Map.of(
                            "GIT_CONFIG_GLOBAL", "/dev/null",
                            "GIT_CONFIG_NOSYSTEM", "1",
                            "GIT_AUTHOR_NAME", "Dana",
                            "GIT_AUTHOR_EMAIL", "dana@example.com",
                            "GIT_COMMITTER_NAME", "Dana",
                            "GIT_COMMITTER_EMAIL", "dana@example.com"));
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("git " + List.of(arguments) + ": " + output);
            }
            return output.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
