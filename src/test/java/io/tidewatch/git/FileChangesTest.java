package io.tidewatch.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Commit;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.FileChange;
import io.tidewatch.model.definition.FileChange.Flaw;
import io.tidewatch.model.definition.FreezeOverride;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.MergeCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which commits changed a file since the commit that was applied last, and which of them overrides a freeze. */
class FileChangesTest {

    private static final String OVERRIDE = "\n\nTidewatch-Override: payments fail\n";

    @TempDir
    Path folder;

    private Git remote;
    private String first = "";

    /** Made by JGit in this process: the git program takes a second for each test. */
    @BeforeEach
    void oneCommitIsApplied() throws GitAPIException {
        remote = Git.init()
                .setInitialBranch("main")
                .setDirectory(folder.resolve("remote").toFile())
                .call();
        write("b.yaml", "b: 1\n");
        first = commit("a: 1\n", "one");
        GitSource before = source("mirror");
        before.applied(Reading.next(before).orElseThrow().commit());
        Reading.next(before);
    }

    @AfterEach
    void close() {
        remote.close();
    }

    @Test
    void appliedCommitChangesNothing() {
        assertThat(read("mirror").changes()).isEmpty();
    }

    @Test
    void trailerOfAnyCommitSinceTheAppliedOneCounts() throws GitAPIException {
        String fix = commit("a: 2\n", "a fix" + OVERRIDE);
        String later = commit("a: 3\n", "a detail");

        FileChange change = change("mirror");

        assertThat(change.newest().id()).isEqualTo(later);
        assertThat(change.override()).hasValueSatisfying(override -> {
            assertThat(override.reason()).isEqualTo("payments fail");
            assertThat(override.commit().id()).isEqualTo(fix);
            assertThat(override.commit().author()).isEqualTo("Dana");
        });
    }

    @Test
    void trailerCountsOnlyForTheFilesOfItsCommit() throws GitAPIException {
        commit("a: 2\n", "a feature");
        write("b.yaml", "b: 2\n");
        commit("a: 2\n", "a fix of b" + OVERRIDE);

        Checkout checkout = read("mirror");

        assertThat(change(checkout, "a.yaml").override()).isEmpty();
        assertThat(change(checkout, "b.yaml").override()).isPresent();
    }

    @Test
    void emptyCommitOverridesNothing() throws GitAPIException {
        commit("a: 2\n", "a feature");
        commit("a: 2\n", "let it through" + OVERRIDE);

        assertThat(change("mirror").override()).isEmpty();
    }

    @Test
    void trailerOfTheAppliedCommitNoLongerCounts() throws GitAPIException {
        commit("a: 2\n", "a fix" + OVERRIDE);
        GitSource source = source("mirror");
        source.applied(Reading.next(source).orElseThrow().commit());
        commit("a: 3\n", "a feature");

        assertThat(change(Reading.next(source).orElseThrow(), "a.yaml").override())
                .isEmpty();
    }

    /** Another file of the source could not be applied, so the source was not as a whole. */
    @Test
    void trailerOfAnAppliedFileNoLongerCountsWhileAnotherFileIsStuck() throws GitAPIException {
        write("b.yaml", "b: 2\n");
        String fix = commit("a: 2\n", "a fix of both" + OVERRIDE);
        GitSource source = source("mirror");
        Commit read = Reading.next(source).orElseThrow().commit();
        assertThat(read.id()).isEqualTo(fix);
        source.appliedFiles(Map.of("a.yaml", read));
        String later = commit("a: 3\n", "a feature");

        Checkout checkout = Reading.next(source).orElseThrow();

        assertThat(change(checkout, "a.yaml").newest().id()).isEqualTo(later);
        assertThat(change(checkout, "a.yaml").override()).isEmpty();
        assertThat(change(checkout, "b.yaml").override()).as("not applied").isPresent();
    }

    @Test
    void trailerOfABranchThatWasMergedAfterAFileWasAppliedCounts() throws GitAPIException, IOException {
        remote.checkout().setCreateBranch(true).setName("fix").call();
        commit("a: 2\n", "a fix" + OVERRIDE);
        GitSource source = source("mirror");
        source.appliedFiles(Map.of("a.yaml", Reading.next(source).orElseThrow().commit()));
        merge("Merge the fix");

        assertThat(change(Reading.next(source).orElseThrow(), "a.yaml").override())
                .isPresent();
    }

    @Test
    void afterALostMirrorOnlyTheNewestCommitOfAFileCounts() throws GitAPIException {
        String fix = commit("a: 2\n", "a fix" + OVERRIDE);
        assertThat(change("lost")
                        .override()
                        .map(FreezeOverride::commit)
                        .orElseThrow()
                        .id())
                .isEqualTo(fix);

        String later = commit("a: 3\n", "a detail");

        Checkout checkout = read("lost again");
        assertThat(change(checkout, "a.yaml"))
                .isEqualTo(FileChange.by(change(checkout, "a.yaml").newest()));
        assertThat(change(checkout, "a.yaml").newest().id()).isEqualTo(later);
        assertThat(change(checkout, "b.yaml").newest().id()).isEqualTo(first);
    }

    @Test
    void trailerOfAMergedBranchCounts() throws GitAPIException, IOException {
        remote.checkout().setCreateBranch(true).setName("fix").call();
        commit("a: 2\n", "a fix" + OVERRIDE);
        merge("Merge the fix");

        assertThat(change("mirror").newest().subject()).isEqualTo("a fix");
        assertThat(change("mirror").override()).isPresent();
    }

    @Test
    void trailerOfAMergeCounts() throws GitAPIException, IOException {
        remote.checkout().setCreateBranch(true).setName("fix").call();
        commit("a: 2\n", "a fix");
        merge("Merge the fix" + OVERRIDE);

        assertThat(change("mirror")
                        .override()
                        .map(FreezeOverride::commit)
                        .orElseThrow()
                        .subject())
                .isEqualTo("Merge the fix");
    }

    @Test
    void trailerIsReadAsGitReadsIt() throws GitAPIException {
        commit("a: 2\n", "a fix\n\ntidewatch-override:  two  words \nSigned-off-by: Dana <dana@example.com>\n");

        assertThat(change("mirror").override().map(FreezeOverride::reason)).contains("two words");
    }

    @Test
    void emptyReasonIsAFlaw() throws GitAPIException {
        commit("a: 2\n", "a fix\n\nTidewatch-Override: \n");

        assertThat(change("mirror").override()).isEmpty();
        assertThat(change("mirror").flawed().map(FileChange.Flawed::flaw)).contains(Flaw.EMPTY);
    }

    @Test
    void trailerOutsideOfTheLastParagraphIsAFlaw() throws GitAPIException {
        commit("a: 2\n", "a fix" + OVERRIDE + "\nSigned-off-by: Dana <dana@example.com>\n");

        assertThat(change("mirror").override()).isEmpty();
        assertThat(change("mirror").flawed().map(FileChange.Flawed::flaw)).contains(Flaw.MISPLACED);
    }

    @Test
    void reasonIsAStrangersText() throws GitAPIException {
        commit("a: 2\n", "a fix\n\nTidewatch-Override: up\u202e and\u0007 down " + "x".repeat(1000) + "\n");

        assertThat(change("mirror").override().map(FreezeOverride::reason).orElseThrow())
                .startsWith("up and down xxx")
                .hasSize(500)
                .endsWith("…");
    }

    /** A forced push to a history that does not contain the applied commit. */
    @Test
    void rewrittenHistoryIsWalkedToWhereItBegan() throws GitAPIException {
        remote.commit().setAmend(true).setMessage("one, rewritten").call();
        String fix = commit("a: 2\n", "a fix" + OVERRIDE);

        assertThat(change("mirror")
                        .override()
                        .map(FreezeOverride::commit)
                        .orElseThrow()
                        .id())
                .isEqualTo(fix);
    }

    private String commit(String text, String message) throws GitAPIException {
        write("a.yaml", text);
        remote.add().addFilepattern(".").call();
        return remote.commit()
                .setAuthor("Dana", "dana@example.com")
                .setCommitter("Merge bot", "bot@example.com")
                .setSign(false)
                .setMessage(message)
                .call()
                .name();
    }

    private void write(String file, String text) {
        try {
            Path path = folder.resolve("remote/production").resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void merge(String message) throws GitAPIException, IOException {
        remote.checkout().setName("main").call();
        remote.merge()
                .include(remote.getRepository().resolve("fix"))
                .setFastForward(MergeCommand.FastForwardMode.NO_FF)
                .setMessage(message)
                .call();
    }

    private FileChange change(String mirror) {
        return change(read(mirror), "a.yaml");
    }

    private static FileChange change(Checkout checkout, String file) {
        return Optional.ofNullable(checkout.changes().get(file)).orElseThrow();
    }

    private Checkout read(String mirror) {
        return source(mirror).pull().orElseThrow();
    }

    private GitSource source(String mirror) {
        return new GitSource(
                "shop",
                folder.resolve("remote").toUri().toString(),
                "main",
                "production",
                Access.OPEN,
                folder.resolve(mirror),
                TextBudget.ofThisProcess());
    }
}
