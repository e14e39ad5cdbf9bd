package io.tidewatch.loop.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.MovedClock;
import io.tidewatch.git.Access;
import io.tidewatch.git.CommitGate;
import io.tidewatch.git.CommitMarkers;
import io.tidewatch.git.Credentials;
import io.tidewatch.git.GitSource;
import io.tidewatch.git.PullAttempt;
import io.tidewatch.git.TextBudget;
import io.tidewatch.loop.DefinitionsStage;
import io.tidewatch.loop.SelfIncidents;
import io.tidewatch.model.Commit;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.report.SourceHealth;
import io.tidewatch.schedule.Timetable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a source is asked, and what is said of it; each pull ends before the next line of a test. */
class GitStageTest {

    private static final Instant START = Instant.parse("2026-11-22T13:30:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final MovedClock clock = new MovedClock(START);
    private final List<String> said = new ArrayList<>();
    private final List<String> incidents = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final Diagnosed repository = new Diagnosed();
    private Instant next = START;
    private long nanos;
    private Consumer<Checkout> reader = checkout -> {};

    /** A remote that does what a test says. */
    private final class Diagnosed implements SourceRemote {

        private Optional<RuntimeException> trouble = Optional.empty();
        private String head = "";
        private String confirmed = "";

        @Override
        public Optional<Checkout> pull(PullAttempt attempt, CommitGate gate) {
            asked.add("shop");
            trouble.ifPresent(one -> {
                throw one;
            });
            return head.equals(confirmed) || !gate.mayRead(head) ? Optional.empty() : Optional.of(checkout(head));
        }

        @Override
        public void confirm(Commit commit) {
            confirmed = commit.id();
        }
    }

    @Test
    void aTroubleIsReportedOnceAndItsEndWithItsLength() {
        GitStage stage = stage(MINUTE);
        repository.trouble = Optional.of(new IllegalStateException("cannot fetch from x: Connection refused"));
        IntStream.range(0, 4).forEach(i -> pull(stage));
        repository.trouble = Optional.empty();
        pull(stage);
        pull(stage);

        assertThat(said)
                .containsExactly(
                        "shop: cannot fetch from x: Connection refused; trying again",
                        "shop: answers again after 75 s");
    }

    @Test
    void anotherTroubleIsReportedToo() {
        GitStage stage = stage(MINUTE);
        repository.trouble = Optional.of(new IllegalStateException("one"));
        pull(stage);
        repository.trouble = Optional.of(new IllegalStateException("two"));
        pull(stage);

        assertThat(said).containsExactly("shop: one; trying again", "shop: two; trying again");
    }

    @Test
    void aSourceThatDoesNotAnswerIsPulledSoonAndThenAtItsInterval() {
        GitStage stage = stage(Duration.ofSeconds(30));
        repository.trouble = Optional.of(new IllegalStateException("one"));

        assertThat(pauses(stage, 5)).containsExactly(5L, 10L, 20L, 30L, 30L);
        repository.trouble = Optional.empty();
        assertThat(pauses(stage, 2)).containsExactly(30L, 30L);
    }

    @Test
    void aRejectedLoginIsNotRepeatedSoon() throws IOException {
        var server = com.sun.net.httpserver.HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        server.start();
        GitSource source = new GitSource(
                "shop",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/a.git",
                "main",
                "",
                new Access(Optional.of(new Credentials("bot", "wr0ng")), Optional.empty(), Optional.empty()),
                folder.resolve("mirror"),
                TextBudget.ofThisProcess());
        GitStage stage = stage(new PulledSource("shop", MINUTE, DEADLINE, source::pull));

        assertThat(pauses(stage, 6)).containsExactly(60L, 120L, 240L, 480L, 900L, 900L);
        assertThat(said).hasSize(1).allMatch(line -> line.endsWith("rejected the login of bot; trying again"));
        server.stop(0);
    }

    /** A full disk kept the diary from being written, and nothing was ever asked again. */
    @Test
    void aReportThatFailsDoesNotEndThePulls() {
        GitStage stage = new GitStage(
                List.of(new PulledSource("shop", MINUTE, DEADLINE, repository)),
                oneByOne(),
                CommitMarkers.open(folder),
                time(),
                new SourceReports(
                        (name, words) -> {
                            throw new IllegalStateException("database or disk is full");
                        },
                        SelfIncidents.NONE),
                checkout -> {});
        repository.trouble = Optional.of(new IllegalStateException("one"));
        assertThat(pauses(stage, 2)).containsExactly(5L, 10L);
        repository.trouble = Optional.empty();
        assertThat(pauses(stage, 2)).containsExactly(60L, 60L);
    }

    /** An OutOfMemoryError in one source's pack ended the pulls of all. */
    @Test
    void anErrorInOneSourceIsMetAndTheOthersArePulled() {
        GitStage stage = stage(
                new PulledSource("evil", MINUTE, DEADLINE, (attempt, gate) -> {
                    throw new StackOverflowError();
                }),
                new PulledSource("good", MINUTE, DEADLINE, (attempt, gate) -> {
                    asked.add("good");
                    return Optional.empty();
                }));

        assertThat(pauses(stage, 2)).containsExactly(5L, 10L);

        assertThat(said).singleElement().asString().startsWith("evil: java.lang.StackOverflowError at io.tidewatch");
        assertThat(asked).containsExactly("good");
    }

    @Test
    void theNextAlarmIsArmedBeforeAnyPull() {
        List<Instant> armedWhenAsked = new ArrayList<>();
        GitStage stage = stage(new PulledSource("shop", MINUTE, DEADLINE, (attempt, gate) -> {
            armedWhenAsked.add(next);
            return Optional.empty();
        }));

        stage.pull();

        assertThat(armedWhenAsked).containsExactly(START.plusSeconds(60));
    }

    @Test
    void aClockThatIsSetBackEndsNoPulls() {
        GitStage stage = stage(MINUTE);
        pull(stage);
        clock.moveTo(START.minus(Duration.ofHours(3)));
        stage.pull();
        assertThat(asked).as("not due by either").hasSize(1);

        nanos += MINUTE.toNanos();
        stage.pull();

        assertThat(asked).hasSize(2);
    }

    /** The next pull was armed for the instant of the old time, three hours ahead. */
    @Test
    void afterAClockWasSetBackTheNextPullIsArmedByTheNewTime() {
        GitStage stage = stage(MINUTE);
        pull(stage);
        nanos += Duration.ofSeconds(20).toNanos();
        Instant back = START.minus(Duration.ofHours(3));
        clock.moveTo(back);

        stage.pull();

        assertThat(asked).hasSize(1);
        assertThat(next).isEqualTo(back.plusSeconds(40));
        assertThat(stage.health(name -> Optional.empty()))
                .extracting(SourceHealth::due)
                .containsExactly(next);
    }

    @Test
    void aCommitThatCouldNotBeReadIsHandedOutAgainAlthoughTheClockWasSetBack() {
        GitStage stage = stage(MINUTE);
        reader = checkout -> {
            throw new IllegalStateException("cannot");
        };
        repository.head = "c1c1c1c1c1";
        pull(stage);
        reader = keeping(stage);
        clock.moveTo(START.minus(Duration.ofHours(3)));
        nanos += MINUTE.toNanos();

        stage.pull();

        assertThat(repository.confirmed).isEqualTo("c1c1c1c1c1");
    }

    /** It was lost until another commit came, or a restart. */
    @Test
    void aCommitThatCannotBeReadIsHandedOutAgainEverLessOften() {
        GitStage stage = stage(MINUTE);
        reader = checkout -> {
            throw new NumberFormatException("For input string: \"99999999999\"");
        };
        repository.head = "c1c1c1c1c1";
        List<Instant> read = readAt(stage, 60);

        assertThat(gaps(read)).startsWith(60L, 120L, 240L, 480L, 900L, 900L);
        assertThat(said)
                .singleElement()
                .asString()
                .startsWith(
                        "shop: commit c1c1c1c (Dana) could not be read:"
                                + " java.lang.NumberFormatException: For input string: \"99999999999\" at io.tidewatch.loop.source.GitStageTest");
        assertThat(incidents).containsOnly("open source/shop source shop: commit c1c1c1c cannot be read");
        assertThat(stage.health(name -> Optional.of(repository.confirmed)))
                .singleElement()
                .satisfies(health -> {
                    assertThat(health.commitSeen()).contains("c1c1c1c1c1");
                    assertThat(health.commitInForce()).contains("");
                    assertThat(health.trouble()).isPresent();
                });
    }

    @Test
    void anotherCommitIsReadAtOnceAndEndsTheIncident() {
        GitStage stage = stage(MINUTE);
        reader = checkout -> {
            throw new IllegalStateException("cannot");
        };
        repository.head = "c1c1c1c1c1";
        readAt(stage, 5);
        reader = keeping(stage);
        repository.head = "c2c2c2c2c2";
        pull(stage);

        assertThat(repository.confirmed).isEqualTo("c2c2c2c2c2");
        assertThat(said.get(said.size() - 1)).startsWith("shop: answers again after ");
        assertThat(incidents.get(incidents.size() - 1)).isEqualTo("resolve source/shop source shop is read again");
        assertThat(stage.health(name -> Optional.of(repository.confirmed)))
                .extracting(SourceHealth::commitInForce)
                .containsExactly(Optional.of("c2c2c2c2c2"));
    }

    /** The route turns what the reader throws into this call. */
    @Test
    void theResultOfTheRouteForACommitCounts() {
        GitStage[] stage = new GitStage[1];
        stage[0] = stage(MINUTE);
        reader = checkout -> stage[0].notRead(
                new org.apache.camel.CamelExecutionException("wrapped", null, new IllegalStateException("too much")));
        repository.head = "c1c1c1c1c1";
        pull(stage[0]);

        assertThat(repository.confirmed).isEmpty();
        assertThat(said)
                .containsExactly("shop: commit c1c1c1c (Dana) could not be read: too much; trying again after 60 s,"
                        + " then with growing pauses");
    }

    @Test
    void aCommitThatWasBeingReadAtTwoDeathsIsSetAsideUntilAnotherComes() {
        for (int death = 0; death < 2; death++) {
            CommitMarkers.open(folder).begin("shop", "c1c1c1c1c1");
        }
        GitStage stage = stage(MINUTE);
        reader = keeping(stage);
        repository.head = "c1c1c1c1c1";
        IntStream.range(0, 3).forEach(i -> pull(stage));

        assertThat(repository.confirmed).isEmpty();
        assertThat(said)
                .containsExactly("shop: commit c1c1c1c was being read when Tidewatch died, twice; it is set aside until"
                        + " another commit comes, and nothing of this source is in force");
        assertThat(incidents).containsOnly("open source/shop source shop: commit c1c1c1c is set aside");

        repository.head = "c2c2c2c2c2";
        pull(stage);
        assertThat(repository.confirmed).isEqualTo("c2c2c2c2c2");
        assertThat(CommitMarkers.open(folder).isSetAside("shop", "c1c1c1c1c1")).isFalse();
    }

    private List<Instant> readAt(GitStage stage, int pulls) {
        List<Instant> read = new ArrayList<>();
        Consumer<Checkout> failing = reader;
        reader = checkout -> {
            read.add(clock.instant());
            failing.accept(checkout);
        };
        IntStream.range(0, pulls).forEach(i -> pull(stage));
        return read;
    }

    private static List<Long> gaps(List<Instant> instants) {
        return IntStream.range(1, instants.size())
                .mapToObj(i ->
                        Duration.between(instants.get(i - 1), instants.get(i)).toSeconds())
                .toList();
    }

    private static Consumer<Checkout> keeping(GitStage stage) {
        return checkout -> stage.confirm(new DefinitionsStage.CompiledSource(
                new SourceDefinitions("shop", checkout.commit(), new TreeMap<>(), List.of()),
                Timetable.joined(List.of()),
                1));
    }

    private static Checkout checkout(String commit) {
        return new Checkout(new Commit("shop", commit, "Dana", Instant.EPOCH, "night"), new TreeMap<>(), Set.of());
    }

    private List<Long> pauses(GitStage stage, int pulls) {
        return IntStream.range(0, pulls)
                .mapToObj(i -> {
                    Instant before = next;
                    pull(stage);
                    return Duration.between(before, next).toSeconds();
                })
                .toList();
    }

    private void pull(GitStage stage) {
        clock.moveTo(next);
        stage.pull();
    }

    private GitStage stage(Duration interval) {
        return stage(new PulledSource("shop", interval, DEADLINE, repository));
    }

    private GitStage stage(PulledSource... sources) {
        return new GitStage(
                List.of(sources),
                oneByOne(),
                CommitMarkers.open(folder),
                time(),
                new SourceReports((name, words) -> said.add(name + ": " + words), new SelfIncidents() {
                    @Override
                    public void open(String key, String summary) {
                        incidents.add("open " + key + " " + summary);
                    }

                    @Override
                    public void resolve(String key, String summary) {
                        incidents.add("resolve " + key + " " + summary);
                    }
                }),
                checkout -> reader.accept(checkout));
    }

    private PullTime time() {
        return new PullTime(
                clock, () -> nanos, instants -> next = instants.iterator().next());
    }

    private static PullThreads oneByOne() {
        return new PullThreads(PullThreads.AT_ONCE, (length, then) -> () -> {}, (task, name) -> task.run());
    }
}
