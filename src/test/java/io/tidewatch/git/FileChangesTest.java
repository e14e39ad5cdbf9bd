package io.tidewatch.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.FileChange;
import io.tidewatch.model.definition.FileChange.Flaw;
import io.tidewatch.model.definition.FreezeOverride;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which commits changed a file since the commit that was applied last, and which of them overrides a freeze. */
class FileChangesTest {

    private static final String OVERRIDE = "\n\nTidewatch-Override: payments fail\n";

    @TempDir
    Path folder;

    private RemoteRepository remote;
    private String first = "";

    @BeforeEach
    void oneCommitIsApplied() {
        remote = new RemoteRepository(folder);
        remote.write("production/a.yaml", "a: 1\n");
        remote.write("production/b.yaml", "b: 1\n");
        first = remote.commit("one");
        GitSource before = source("mirror");
        before.applied(Reading.next(before).orElseThrow().commit());
        Reading.next(before);
    }

    @Test
    void appliedCommitChangesNothing() {
        assertThat(read("mirror").changes()).isEmpty();
    }

    @Test
    void trailerOfAnyCommitSinceTheAppliedOneCounts() {
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
    void trailerCountsOnlyForTheFilesOfItsCommit() {
        commit("a: 2\n", "a feature");
        remote.write("production/b.yaml", "b: 2\n");
        remote.commit("a fix of b" + OVERRIDE);

        Checkout checkout = read("mirror");

        assertThat(change(checkout, "a.yaml").override()).isEmpty();
        assertThat(change(checkout, "b.yaml").override()).isPresent();
    }

    @Test
    void emptyCommitOverridesNothing() {
        commit("a: 2\n", "a feature");
        remote.commit("let it through" + OVERRIDE);

        assertThat(change("mirror").override()).isEmpty();
    }

    @Test
    void trailerOfTheAppliedCommitNoLongerCounts() {
        commit("a: 2\n", "a fix" + OVERRIDE);
        GitSource source = source("mirror");
        source.applied(Reading.next(source).orElseThrow().commit());
        commit("a: 3\n", "a feature");

        assertThat(change(Reading.next(source).orElseThrow(), "a.yaml").override())
                .isEmpty();
    }

    @Test
    void afterALostMirrorOnlyTheNewestCommitOfAFileCounts() {
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
    void trailerOfAMergedBranchCounts() {
        remote.git("checkout", "-q", "-b", "fix");
        commit("a: 2\n", "a fix" + OVERRIDE);
        remote.git("checkout", "-q", "main");
        remote.git("merge", "-q", "--no-ff", "-m", "Merge the fix", "fix");
        remote.git("push", "-q", "origin", "main");

        assertThat(change("mirror").newest().subject()).isEqualTo("a fix");
        assertThat(change("mirror").override()).isPresent();
    }

    @Test
    void trailerOfAMergeCounts() {
        remote.git("checkout", "-q", "-b", "fix");
        commit("a: 2\n", "a fix");
        remote.git("checkout", "-q", "main");
        remote.git("merge", "-q", "--no-ff", "-m", "Merge the fix" + OVERRIDE, "fix");
        remote.git("push", "-q", "origin", "main");

        assertThat(change("mirror")
                        .override()
                        .map(FreezeOverride::commit)
                        .orElseThrow()
                        .subject())
                .isEqualTo("Merge the fix");
    }

    @Test
    void trailerIsReadAsGitReadsIt() {
        commit("a: 2\n", "a fix\n\ntidewatch-override:  two  words \nSigned-off-by: Dana <dana@example.com>\n");

        assertThat(change("mirror").override().map(FreezeOverride::reason)).contains("two words");
    }

    @Test
    void emptyReasonIsAFlaw() {
        commit("a: 2\n", "a fix\n\nTidewatch-Override: \n");

        assertThat(change("mirror").override()).isEmpty();
        assertThat(change("mirror").flawed().map(FileChange.Flawed::flaw)).contains(Flaw.EMPTY);
    }

    @Test
    void trailerOutsideOfTheLastParagraphIsAFlaw() {
        commit("a: 2\n", "a fix" + OVERRIDE + "\nSigned-off-by: Dana <dana@example.com>\n");

        assertThat(change("mirror").override()).isEmpty();
        assertThat(change("mirror").flawed().map(FileChange.Flawed::flaw)).contains(Flaw.MISPLACED);
    }

    @Test
    void reasonIsAStrangersText() {
        commit("a: 2\n", "a fix\n\nTidewatch-Override: up\u202e and\u0007 down " + "x".repeat(1000) + "\n");

        assertThat(change("mirror").override().map(FreezeOverride::reason).orElseThrow())
                .startsWith("up and down xxx")
                .hasSize(500)
                .endsWith("…");
    }

    /** A forced push to a history that does not contain the applied commit. */
    @Test
    void rewrittenHistoryIsWalkedToWhereItBegan() {
        remote.git("commit", "-q", "--amend", "-m", "one, rewritten");
        String fix = commit("a: 2\n", "a fix" + OVERRIDE);

        assertThat(change("mirror")
                        .override()
                        .map(FreezeOverride::commit)
                        .orElseThrow()
                        .id())
                .isEqualTo(fix);
    }

    private String commit(String text, String message) {
        remote.write("production/a.yaml", text);
        return remote.commit(message);
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
                remote.url(),
                "main",
                "production",
                Access.OPEN,
                folder.resolve(mirror),
                TextBudget.ofThisProcess());
    }
}
