package io.tidewatch.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.model.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small repositories that mean a lot of work: each is refused in words, after a bounded amount of it. */
class BombTest {

    private static final PersonIdent EVE =
            new PersonIdent("Eve", "eve@example.com", Instant.parse("2026-11-22T13:30:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @FunctionalInterface
    private interface Tree {
        ObjectId in(ObjectInserter inserter) throws IOException;
    }

    /** Twelve objects that name ten billion links; only texts were counted, so it was walked until the end of days. */
    @Test
    void aTreeOfTenBillionLinksIsRejected() throws IOException {
        GitSource source = source(inserter -> equalSubtrees(inserter, FileMode.SYMLINK));

        assertThatThrownBy(source::pull)
                .isInstanceOf(GitException.TooLarge.class)
                .hasMessageContaining("more than " + Limits.TREE_ENTRIES + " files, folders and links");
    }

    @Test
    void aTreeOfTenBillionSubmodulesIsRejected() throws IOException {
        GitSource source = source(inserter -> equalSubtrees(inserter, FileMode.GITLINK));

        assertThatThrownBy(source::pull).isInstanceOf(GitException.TooLarge.class);
    }

    @Test
    void whatChangedIsCountedToo() throws IOException {
        GitSource source =
                source(inserter -> single(inserter, "a.yaml", FileMode.REGULAR_FILE, text(inserter, "a: 1")));
        Reading.next(source);
        point(inserter -> equalSubtrees(inserter, FileMode.SYMLINK));

        assertThatThrownBy(source::pull).isInstanceOf(GitException.TooLarge.class);
    }

    @Test
    void fiveThousandFoldersInOneAnotherAreRejected() throws IOException {
        GitSource source = source(inserter -> {
            ObjectId tree = single(inserter, "a.yaml", FileMode.REGULAR_FILE, text(inserter, "a: 1"));
            for (int level = 0; level < 5_000; level++) {
                tree = single(inserter, "d", FileMode.TREE, tree);
            }
            return tree;
        });

        assertThatThrownBy(source::pull)
                .isInstanceOf(GitException.TooLarge.class)
                .hasMessageContaining("holds folders deeper than " + Limits.FOLDER_DEPTH + " levels, at d/d/d");
    }

    @Test
    void asManyLevelsAsAreAllowedAreRead() throws IOException {
        GitSource source = source(inserter -> {
            ObjectId tree = single(inserter, "a.yaml", FileMode.REGULAR_FILE, text(inserter, "a: 1"));
            for (int level = 1; level < Limits.FOLDER_DEPTH; level++) {
                tree = single(inserter, "d", FileMode.TREE, tree);
            }
            return tree;
        });

        assertThat(source.pull().orElseThrow().files()).hasSize(1);
    }

    /** JGit takes the base of a delta into memory whole: 400 MB of zeros are half a megabyte on the way. */
    @Test
    void anObjectThatWouldFillTheMemoryIsRejectedBeforeItIsTaken() throws IOException {
        GitSource source = source(inserter -> single(
                inserter, "zeros.bin", FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, new byte[4 << 20])));

        assertThatThrownBy(() -> source.pull(new PullAttempt(Limits.RECEIVED_BYTES, 1 << 20), CommitGate.OPEN))
                .isInstanceOf(GitException.TooLarge.class)
                .hasMessageContaining("holds an object of more than 1 MiB");
        assertThat(source.pull(new PullAttempt(Limits.RECEIVED_BYTES, 8 << 20), CommitGate.OPEN))
                .isPresent();
    }

    @Test
    void aPackOfMoreBytesThanAPullMayBringIsRejected() throws IOException {
        byte[] noise = new byte[1 << 20];
        new java.util.Random(1).nextBytes(noise);
        GitSource source = source(inserter ->
                single(inserter, "noise.bin", FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, noise)));

        assertThatThrownBy(() -> source.pull(new PullAttempt(64 << 10, 8 << 20), CommitGate.OPEN))
                .isInstanceOf(GitException.TooLarge.class)
                .hasMessageContaining("sends more than 65536 bytes in one pull");
    }

    /** JGit makes room for as many objects as the first twelve bytes say. */
    @Test
    void aPackThatClaimsTwoBillionObjectsIsRejectedBeforeRoomIsMade() throws IOException {
        byte[] claim = {'P', 'A', 'C', 'K', 0, 0, 0, 2, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
        try (Mirror mirror = Mirror.open(folder.resolve("mirror"), "file:///x", false, new PullAttempt());
                ObjectInserter inserter = mirror.repository().newObjectInserter()) {
            assertThatThrownBy(() -> inserter.newPackParser(new ByteArrayInputStream(claim)))
                    .isInstanceOf(PullAttempt.TooMuch.class)
                    .hasMessageContaining("2147483647 objects");
        }
    }

    private GitSource source(Tree tree) throws IOException {
        point(tree);
        return new GitSource(
                "evil",
                folder.resolve("remote.git").toUri().toString(),
                "main",
                "",
                Access.OPEN,
                folder.resolve("mirror"),
                TextBudget.ofThisProcess());
    }

    /** Lets main of the remote point at a commit of a tree. */
    private void point(Tree tree) throws IOException {
        Path bare = folder.resolve("remote.git");
        try (Repository repository =
                new FileRepositoryBuilder().setGitDir(bare.toFile()).setBare().build()) {
            if (!repository.getObjectDatabase().exists()) {
                repository.create(true);
            }
            try (ObjectInserter inserter = repository.newObjectInserter()) {
                CommitBuilder commit = new CommitBuilder();
                commit.setTreeId(tree.in(inserter));
                commit.setAuthor(EVE);
                commit.setCommitter(EVE);
                commit.setMessage("a bomb");
                ObjectId id = inserter.insert(commit);
                inserter.flush();
                RefUpdate main = repository.updateRef("refs/heads/main");
                main.setNewObjectId(id);
                main.forceUpdate();
            }
        }
    }

    private static ObjectId equalSubtrees(ObjectInserter inserter, FileMode leaf) throws IOException {
        ObjectId below = leaf == FileMode.GITLINK
                ? ObjectId.fromString("0123456789012345678901234567890123456789")
                : text(inserter, "x");
        FileMode mode = leaf;
        for (int level = 0; level < 10; level++) {
            TreeFormatter tree = new TreeFormatter();
            for (char name = 'a'; name < 'k'; name++) {
                tree.append(String.valueOf(name), mode, below);
            }
            below = inserter.insert(tree);
            mode = FileMode.TREE;
        }
        return below;
    }

    private static ObjectId single(ObjectInserter inserter, String name, FileMode mode, ObjectId id)
            throws IOException {
        TreeFormatter tree = new TreeFormatter();
        tree.append(name, mode, id);
        return inserter.insert(tree);
    }

    private static ObjectId text(ObjectInserter inserter, String text) throws IOException {
        return inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
    }
}
