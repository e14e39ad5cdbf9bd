package io.tidewatch.app.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.MovedClock;
import io.tidewatch.git.Access;
import io.tidewatch.git.Credentials;
import io.tidewatch.git.GitSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitStageTest {

    private static final Instant START = Instant.parse("2026-11-22T13:30:00Z");

    private final MovedClock clock = new MovedClock(START);
    private final List<String> said = new ArrayList<>();
    private Instant next = START;
    private Optional<RuntimeException> trouble = Optional.empty();

    @Test
    void aTroubleIsSaidOnceAndItsEndWithItsLength() {
        GitStage stage = stage(Duration.ofMinutes(1));
        trouble = Optional.of(new IllegalStateException("cannot fetch from x: Connection refused"));
        IntStream.range(0, 4).forEach(i -> pull(stage));
        trouble = Optional.empty();
        pull(stage);
        pull(stage);

        assertThat(said)
                .containsExactly(
                        "shop: cannot fetch from x: Connection refused; trying again",
                        "shop: answers again after 75 s");
    }

    @Test
    void anotherTroubleIsSaidToo() {
        GitStage stage = stage(Duration.ofMinutes(1));
        trouble = Optional.of(new IllegalStateException("one"));
        pull(stage);
        trouble = Optional.of(new IllegalStateException("two"));
        pull(stage);

        assertThat(said).containsExactly("shop: one; trying again", "shop: two; trying again");
    }

    @Test
    void aSourceThatDoesNotAnswerIsAskedSoonAndThenAtItsInterval() {
        GitStage stage = stage(Duration.ofSeconds(30));
        trouble = Optional.of(new IllegalStateException("one"));

        assertThat(pauses(stage, 5)).containsExactly(5L, 10L, 20L, 30L, 30L);
        trouble = Optional.empty();
        assertThat(pauses(stage, 2)).containsExactly(30L, 30L);
    }

    @Test
    void aRefusedLoginIsNotInsistedOn(@TempDir Path folder) throws IOException {
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
                folder.resolve("mirror"));
        GitStage stage = new GitStage(
                List.of(new GitStage.Source("shop", Duration.ofMinutes(1), source::pull)),
                clock,
                this::armed,
                (name, words) -> said.add(words));

        assertThat(pauses(stage, 6)).containsExactly(60L, 120L, 240L, 480L, 900L, 900L);
        assertThat(said).hasSize(1).allMatch(line -> line.endsWith("refused the login of bot; trying again"));
        server.stop(0);
    }

    /** A full disk kept the diary from being written, and nothing was ever asked again. */
    @Test
    void whoCannotBeToldDoesNotEndThePulls() {
        GitStage stage = new GitStage(List.of(source(Duration.ofMinutes(1))), clock, this::armed, (name, words) -> {
            throw new IllegalStateException("database or disk is full");
        });
        trouble = Optional.of(new IllegalStateException("one"));
        assertThat(pauses(stage, 2)).containsExactly(5L, 10L);
        trouble = Optional.empty();
        assertThat(pauses(stage, 2)).containsExactly(60L, 60L);
    }

    /** An OutOfMemoryError in one source's pack ended the pulls of all. */
    @Test
    void anErrorInOneSourceIsMetAndTheOthersArePulled() {
        List<String> pulled = new ArrayList<>();
        GitStage stage = new GitStage(
                List.of(
                        new GitStage.Source("evil", Duration.ofMinutes(1), () -> {
                            throw new StackOverflowError();
                        }),
                        new GitStage.Source("good", Duration.ofMinutes(1), () -> {
                            pulled.add("good");
                            return Optional.empty();
                        })),
                clock,
                this::armed,
                (name, words) -> said.add(name + ": " + words));

        assertThat(pauses(stage, 2)).containsExactly(5L, 10L);

        assertThat(said).containsExactly("evil: java.lang.StackOverflowError; trying again");
        assertThat(pulled).isNotEmpty();
    }

    @Test
    void theNextAlarmIsArmedBeforeAnythingIsAsked() {
        List<Instant> armedWhenAsked = new ArrayList<>();
        GitStage stage = new GitStage(
                List.of(new GitStage.Source("shop", Duration.ofMinutes(1), () -> {
                    armedWhenAsked.add(next);
                    return Optional.empty();
                })),
                clock,
                this::armed,
                (name, words) -> said.add(words));

        stage.pull();

        assertThat(armedWhenAsked).containsExactly(START.plusSeconds(60));
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

    private void armed(Set<Instant> instants) {
        next = instants.iterator().next();
    }

    private GitStage stage(Duration interval) {
        return new GitStage(
                List.of(source(interval)), clock, this::armed, (name, words) -> said.add(name + ": " + words));
    }

    private GitStage.Source source(Duration interval) {
        return new GitStage.Source("shop", interval, () -> {
            trouble.ifPresent(one -> {
                throw one;
            });
            return Optional.empty();
        });
    }
}
