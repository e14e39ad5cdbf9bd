package io.tidewatch.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.model.Commit;
import io.tidewatch.model.definition.Checkout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitSourceTest {

    @TempDir
    Path folder;

    private RemoteRepository remote;

    @BeforeEach
    void remoteWithOneCommit() {
        remote = new RemoteRepository(folder);
    }

    @Test
    void theFirstCheckoutHoldsEveryFileBelowThePath() {
        remote.write("production/shop/a.yaml", "a: 1\n");
        remote.write("production/한국.yaml", "이름: 낮\n");
        remote.write("staging/b.yaml", "b: 1\n");
        String id = remote.commit("Raise the night's floor\n\nBecause of the sale.");

        Checkout checkout = source("main", "/production/").pull().orElseThrow();

        assertThat(checkout.commit())
                .isEqualTo(new Commit(
                        "shop", id, "Dana", Instant.parse("2026-11-22T11:15:00Z"), "Raise the night's floor"));
        assertThat(checkout.files())
                .containsOnly(java.util.Map.entry("shop/a.yaml", "a: 1\n"), java.util.Map.entry("한국.yaml", "이름: 낮\n"));
        assertThat(checkout.changed()).containsExactlyInAnyOrder("shop/a.yaml", "한국.yaml");
    }

    @Test
    void anUnmovedRefHandsOutNothing() {
        remote.write("a.yaml", "a: 1\n");
        remote.commit("one");
        GitSource source = source("main", "");

        assertThat(Reading.next(source)).isPresent();
        assertThat(Reading.next(source)).isEmpty();
    }

    @Test
    void changedAreThePathsThatDifferARenameBeingTwo() {
        remote.write("keep.yaml", "a: 1\n");
        remote.write("old.yaml", "b: a text that is long enough to be taken for a rename\n");
        remote.commit("one");
        GitSource source = source("main", "");
        Reading.next(source);
        remote.git("mv", "old.yaml", "new.yaml");
        remote.commit("two");

        assertThat(Reading.next(source).orElseThrow().changed()).containsExactlyInAnyOrder("old.yaml", "new.yaml");
    }

    @Test
    void aForcePushToAnUnrelatedHistoryIsFollowed() {
        remote.write("a.yaml", "a: 1\n");
        remote.commit("one");
        GitSource source = source("main", "");
        Reading.next(source);
        remote.git("checkout", "-q", "--orphan", "other");
        remote.write("a.yaml", "a: 2\n");
        remote.git("add", "-A");
        remote.git("commit", "-q", "-m", "unrelated");
        remote.git("push", "-q", "-f", "origin", "HEAD:main");

        Checkout checkout = Reading.next(source).orElseThrow();

        assertThat(checkout.files()).containsEntry("a.yaml", "a: 2\n");
        assertThat(checkout.changed()).containsExactly("a.yaml");
        assertThat(texts(source, "a.yaml")).containsExactly("a: 2\n");
    }

    @Test
    void afterARestartOnlyWhatCameSinceTheAppliedCommitCountsAsChanged() {
        remote.write("a.yaml", "a: 1\n");
        remote.write("b.yaml", "b: 1\n");
        String first = remote.commit("one");
        GitSource before = source("main", "");
        before.applied(Reading.next(before).orElseThrow().commit());
        Reading.next(before);
        remote.write("b.yaml", "b: 2\n");
        remote.commit("two");

        GitSource after = source("main", "");

        assertThat(after.lastApplied()).contains(first);
        Checkout checkout = after.pull().orElseThrow();
        assertThat(checkout.files()).hasSize(2);
        assertThat(checkout.changed()).containsExactly("b.yaml");
    }

    /** The pass says so, and must not wait for a remote that hangs. */
    @Test
    void whatWasAppliedIsTakenWhileAPullHangs() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            GitSource source = new GitSource(
                    "shop",
                    "http://127.0.0.1:" + silent.getLocalPort() + "/a.git",
                    "main",
                    "",
                    Access.OPEN,
                    mirror(),
                    TextBudget.ofThisProcess());
            CompletableFuture<Optional<Checkout>> pulling = CompletableFuture.supplyAsync(source::pull);
            try (Socket accepted = silent.accept()) {
                assertThat(accepted.getInputStream().read()).as("it asks").isPositive();

                source.applied(new Commit("shop", "0123456789012345678901234567890123456789", "", Instant.EPOCH, ""));

                assertThat(pulling).as("still waits").isNotDone();
                silent.close();
            }
            assertThatThrownBy(pulling::join).hasCauseInstanceOf(GitException.RemoteUnreachable.class);
        }
    }

    @Test
    void aTagIsFollowedToItsCommitAndABranchGoesBeforeATag() {
        remote.write("a.yaml", "a: 1\n");
        String tagged = remote.commit("one");
        remote.git("tag", "-a", "v1", "-m", "release");
        remote.git("push", "-q", "origin", "v1");
        remote.write("a.yaml", "a: 2\n");
        String later = remote.commit("two");

        assertThat(source("v1", "").pull().orElseThrow().commit().id()).isEqualTo(tagged);

        remote.git("push", "-q", "origin", "HEAD:refs/heads/v1");

        assertThat(source("v1", "").pull().orElseThrow().commit().id()).isEqualTo(later);
    }

    @Test
    void aCommitIsFoundThoughNoRefPointsAtIt() {
        remote.write("a.yaml", "a: 1\n");
        String first = remote.commit("one");
        remote.write("a.yaml", "a: 2\n");
        remote.commit("two");
        GitSource source = source(first, "");

        assertThat(Reading.next(source).orElseThrow().files()).containsEntry("a.yaml", "a: 1\n");
        assertThat(Reading.next(source)).isEmpty();
    }

    @Test
    void aCommitThatIsNowhereIsReported() {
        remote.commit("one");

        assertThatThrownBy(() ->
                        source("0123456789012345678901234567890123456789", "").pull())
                .isInstanceOf(GitException.RefMissing.class)
                .hasMessageContaining("holds the commit 0123456789012345678901234567890123456789");
    }

    @Test
    void aDeletedRefIsReportedAndItsReturnIsFollowed() {
        remote.write("a.yaml", "a: 1\n");
        remote.commit("one");
        remote.git("push", "-q", "origin", "HEAD:night");
        GitSource source = source("night", "");
        Reading.next(source);
        remote.git("push", "-q", "origin", ":night");

        assertThatThrownBy(source::pull)
                .isInstanceOf(GitException.RefMissing.class)
                .hasMessage("shop: " + remote.url() + " has no branch or tag night");

        remote.write("a.yaml", "a: 2\n");
        remote.commit("two");
        remote.git("push", "-q", "origin", "HEAD:night");

        assertThat(Reading.next(source).orElseThrow().changed()).containsExactly("a.yaml");
    }

    @Test
    void anEmptyRepositoryIsReportedAsWithoutABranch() {
        assertThatThrownBy(() -> source("main", "").pull())
                .isInstanceOf(GitException.RefMissing.class)
                .hasMessageContaining("the repository may be empty");
    }

    @Test
    void aMissingFolderIsAnErrorAndNotAnEmptyCheckout() {
        remote.write("a.yaml", "a: 1\n");
        remote.commit("one");

        assertThatThrownBy(() -> source("main", "production").pull()).isInstanceOf(GitException.PathMissing.class);
    }

    @Test
    void aRemoteThatIsNotThereIsUnreachable() {
        GitSource source = new GitSource(
                "shop",
                folder.resolve("nowhere.git").toUri().toString(),
                "main",
                "",
                Access.OPEN,
                mirror(),
                TextBudget.ofThisProcess());

        assertThatThrownBy(source::pull)
                .isInstanceOf(GitException.RemoteUnreachable.class)
                .hasMessageStartingWith("shop: there is no repository at file:");
    }

    @Test
    void linksAndBinariesAreIgnoredAndUtf16IsNot() throws IOException {
        remote.write("a.yaml", "a: 1\n");
        remote.writeBytes("logo.png", new byte[] {1, 0, 2});
        remote.writeBytes("notepad.yaml", "\ufeffa: 1".getBytes(StandardCharsets.UTF_16LE));
        Files.createSymbolicLink(folder.resolve("work/link.yaml"), Path.of("a.yaml"));
        remote.commit("one");

        assertThat(source("main", "").pull().orElseThrow().files()).containsOnlyKeys("a.yaml", "notepad.yaml");
    }

    @Test
    void boundsAreInclusiveAndEachNamesItself() {
        remote.write("a.yaml", "12345678");
        remote.write("b.yaml", "12345678");
        remote.commit("one");

        assertThat(bounded(bounds(2, 8, 16)).pull()).isPresent();
        assertThatThrownBy(() -> bounded(bounds(1, 8, 16)).pull())
                .isInstanceOf(GitException.TooLarge.class)
                .hasMessageContaining("more than 1 files");
        assertThatThrownBy(() -> bounded(bounds(2, 7, 16)).pull())
                .isInstanceOf(GitException.TooLarge.class)
                .hasMessageContaining("a.yaml is larger than 7 bytes");
        assertThatThrownBy(() -> bounded(bounds(2, 8, 15)).pull())
                .isInstanceOf(GitException.TooLarge.class)
                .hasMessageContaining("more than 15 bytes of text");
    }

    @Test
    void pastTextsAreTheVersionsNewestFirstWithTheCommitThatBroughtThem() {
        remote.write("p/a.yaml", "a: 1\n");
        String first = remote.commit("one");
        remote.write("p/b.yaml", "b: 1\n");
        remote.commit("another file");
        remote.git("rm", "-q", "p/a.yaml");
        remote.commit("gone");
        remote.write("p/a.yaml", "a: 3\n");
        String last = remote.commit("back");
        GitSource source = source("main", "p");
        Reading.next(source);

        try (History past = source.history()) {
            assertThat(past.of("a.yaml"))
                    .containsExactly(new GitSource.PastText(last, "a: 3\n"), new GitSource.PastText(first, "a: 1\n"));
        }
    }

    /** A commit between pull and reader was lost for ever when anything went wrong there. */
    @Test
    void aCommitThatNobodyConfirmedIsHandedOutAgain() {
        remote.write("a.yaml", "a: 1\n");
        String id = remote.commit("one");
        GitSource source = source("main", "");

        assertThat(source.pull().orElseThrow().commit().id()).isEqualTo(id);
        Checkout again = source.pull().orElseThrow();
        assertThat(again.files()).containsEntry("a.yaml", "a: 1\n");
        source.confirm(again.commit());

        assertThat(source.pull()).isEmpty();
    }

    @Test
    void aCommitThatTheGateRejectsIsSkippedAndOneFromBeforeARestartIsReadInstead() {
        remote.write("a.yaml", "a: 1\n");
        String good = remote.commit("one");
        GitSource before = source("main", "");
        Reading.next(before);
        Reading.next(before);
        remote.write("a.yaml", "a: 2\n");
        String evil = remote.commit("two");

        assertThat(before.pull(new PullAttempt(), commit -> !commit.equals(evil)))
                .as("what is in memory stays")
                .isEmpty();

        GitSource after = source("main", "");
        Checkout read =
                after.pull(new PullAttempt(), commit -> !commit.equals(evil)).orElseThrow();
        assertThat(read.commit().id()).isEqualTo(good);
        after.confirm(read.commit());
        assertThat(after.pull(new PullAttempt(), commit -> !commit.equals(evil)))
                .isEmpty();

        assertThat(after.pull().orElseThrow().commit().id())
                .as("once it is let through")
                .isEqualTo(evil);
    }

    @Test
    void nothingOfAnEndedPullCounts() {
        remote.write("a.yaml", "a: 1\n");
        remote.commit("one");
        GitSource source = source("main", "");
        PullAttempt ended = new PullAttempt();
        ended.end();

        assertThatThrownBy(() -> source.pull(ended, CommitGate.OPEN)).isInstanceOf(GitException.PullEnded.class);
        assertThat(source.pull()).isPresent();
    }

    /** 300 broken files and 4,000 commits took 36 s at each start, for the history was walked once for each. */
    @Test
    void theHistoryIsWalkedOnceForAllFilesAndNoFurtherThanItsBound() {
        for (int i = 0; i < 6; i++) {
            remote.write("f" + i + ".yaml", "a: 1\n");
            remote.commit("commit " + i);
        }
        GitSource source = source("main", "");
        source.pull();

        try (History history = source.history(4)) {
            assertThat(history.of("f5.yaml")).hasSize(1);
            assertThat(history.cut()).contains("the last 4 commits");
            for (int i = 0; i < 6; i++) {
                assertThat(history.of("f" + i + ".yaml")).hasSize(i < 2 ? 0 : 1);
            }
            assertThat(history.commits()).as("walked once").isEqualTo(4);
        }
        try (History history = source.history(6)) {
            assertThat(history.of("f5.yaml").findFirst()).isPresent();
            assertThat(history.commits()).as("no further than is asked").isEqualTo(1);
            assertThat(history.of("f0.yaml")).hasSize(1);
            assertThat(history.cut()).isEmpty();
        }
    }

    /** Such commits were refused with the words of a library. */
    @Test
    void aCommitWithoutAuthorOrWithAnAbsurdDateIsTakenAsItIs() {
        remote.write("a.yaml", "a: 1\n");
        remote.commit("one");
        String tree = remote.git("rev-parse", "HEAD^{tree}");
        remote.pushCommit("tree " + tree + "\n\nno author at all\n");
        assertThat(source("main", "").pull().orElseThrow().commit()).satisfies(commit -> {
            assertThat(commit.author()).isEqualTo("an unknown author");
            assertThat(commit.time()).isEqualTo(Instant.EPOCH);
        });

        remote.pushCommit("tree " + tree + "\nauthor Eve <e@x> 99999999999999999 +0000\n"
                + "committer Eve <e@x> 99999999999999999 +0000\n\nfar away\n");
        assertThat(source("main", "").pull().orElseThrow().commit()).satisfies(commit -> {
            assertThat(commit.author()).isEqualTo("Eve");
            assertThat(commit.subject()).isEqualTo("far away");
        });
    }

    @Test
    void aSourceThatTakesMoreThanIsLeftOfTheMemoryIsRejectedAndTheOthersGoOn() {
        remote.write("a.yaml", "a".repeat(700));
        remote.commit("one");
        TextBudget budget = new TextBudget(11_000);
        GitSource first = new GitSource("first", remote.url(), "main", "", Access.OPEN, folder.resolve("1"), budget);
        GitSource second = new GitSource("second", remote.url(), "main", "", Access.OPEN, folder.resolve("2"), budget);
        Reading.next(first);

        assertThatThrownBy(second::pull)
                .isInstanceOf(GitException.TooLarge.class)
                .hasMessageStartingWith("second: has more text than there is memory for");

        remote.write("a.yaml", "a".repeat(300));
        remote.commit("two");
        assertThat(Reading.next(first)).as("its own size before does not count").isPresent();
        assertThat(Reading.next(second)).as("there is room now").isPresent();
    }

    @Test
    void aDamagedMirrorIsMadeAnewAndStillKnowsWhatWasApplied() throws IOException {
        remote.write("a.yaml", "a: 1\n");
        String first = remote.commit("one");
        GitSource before = source("main", "");
        before.applied(Reading.next(before).orElseThrow().commit());
        Reading.next(before);
        remote.write("a.yaml", "a: 2\n");
        remote.commit("two");
        emptyEveryObject();

        GitSource after = source("main", "");

        assertThat(after.pull().orElseThrow().changed()).containsExactly("a.yaml");
        assertThat(after.lastApplied()).contains(first);
    }

    @Test
    void aMirrorWhoseCloneBrokeOffIsMadeAnew() throws IOException {
        remote.write("a.yaml", "a: 1\n");
        remote.commit("one");
        source("main", "").pull();
        Files.delete(mirror().resolve("HEAD"));

        assertThat(source("main", "").pull().orElseThrow().files()).containsKey("a.yaml");
    }

    @Test
    void aMirrorOfAnotherUrlIsMadeAnew() {
        remote.write("a.yaml", "a: 1\n");
        remote.commit("one");
        source("main", "").pull();
        RemoteRepository other = new RemoteRepository(folder.resolve("work"));
        other.write("b.yaml", "b: 1\n");
        other.commit("other");

        Checkout checkout = new GitSource(
                        "shop", other.url(), "main", "", Access.OPEN, mirror(), TextBudget.ofThisProcess())
                .pull()
                .orElseThrow();

        assertThat(checkout.files()).containsOnlyKeys("b.yaml");
    }

    @Test
    void aFolderThatIsNotAMirrorIsLeftAsItIs() throws IOException {
        remote.commit("one");
        Files.createDirectories(mirror());
        Files.writeString(mirror().resolve("thesis.txt"), "precious");

        assertThatThrownBy(() -> source("main", "").pull()).isInstanceOf(GitException.MirrorUnusable.class);
        assertThat(mirror().resolve("thesis.txt")).hasContent("precious");
    }

    @Test
    void theUsersOwnGitConfigurationIsNotRead() throws Exception {
        HermeticReader.install();
        var reader = org.eclipse.jgit.util.SystemReader.getInstance();

        assertThat(((FileBasedConfig) reader.getUserConfig()).getFile()).isNull();
        assertThat(((FileBasedConfig) reader.getSystemConfig()).getFile()).isNull();
        assertThat(((FileBasedConfig) reader.getJGitConfig()).getFile()).isNull();
        assertThat(reader.getenv("GIT_DIR")).isNull();
    }

    private void emptyEveryObject() throws IOException {
        try (Stream<Path> files = Files.walk(mirror().resolve("objects"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
                Files.writeString(file, "");
            }
        }
    }

    @Test
    void slashesAroundAPathMeanNothing() {
        assertThat(Stream.of("", ".", "./", "/", "//", "./.").map(GitSource::relative))
                .containsOnly("");
        assertThat(Stream.of("a/b", "/a/b", "./a/b/", ".//a/b//").map(GitSource::relative))
                .containsOnly("a/b");
        assertThat(Stream.of(".github", "./.github").map(GitSource::relative)).containsOnly(".github");
    }

    @Test
    void aUrlIsShownWithoutItsLogin() {
        assertThat(Stream.of("https://git.example.com/a", "https://ada:secret@git.example.com/a")
                        .map(RemoteMessages::withoutLogin))
                .containsOnly("https://git.example.com/a");
        assertThat(Stream.of("https://git.example.com/a@b", "git@example.com:a", "https://git.example.com")
                        .map(url -> RemoteMessages.withoutLogin(url).equals(url)))
                .containsOnly(true);
    }

    private List<String> texts(GitSource source, String path) {
        try (History past = source.history()) {
            return past.of(path).map(GitSource.PastText::text).toList();
        }
    }

    private GitSource source(String ref, String path) {
        return new GitSource("shop", remote.url(), ref, path, Access.OPEN, mirror(), TextBudget.ofThisProcess());
    }

    private static Snapshot.Bounds bounds(int files, long fileBytes, long totalBytes) {
        return new Snapshot.Bounds(files, fileBytes, totalBytes, 100, 10, 10_000);
    }

    private GitSource bounded(Snapshot.Bounds bounds) {
        return new GitSource(
                "shop", remote.url(), "main", "", Access.OPEN, mirror(), TextBudget.ofThisProcess(), bounds);
    }

    private Path mirror() {
        return folder.resolve("state/git/shop");
    }
}
