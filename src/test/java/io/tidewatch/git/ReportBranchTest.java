package io.tidewatch.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidewatch.wire.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a branch that others may push to. */
class ReportBranchTest {

    private static final String LOGIN = "bot:t0p s3cret";
    private static final Credentials BOT = new Credentials("bot", "t0p s3cret");

    @TempDir
    private Path folder;

    private Path remote;
    private Path copy;

    @BeforeEach
    void makeRemote() throws Exception {
        remote = folder.resolve("deploy.git");
        copy = folder.resolve("copy");
        Git.init().setBare(true).setDirectory(remote.toFile()).call().close();
    }

    private interface Content {
        ObjectId tree(ObjectInserter into) throws IOException;
    }

    private void push(Content content) throws IOException {
        try (Git git = Git.open(remote.toFile());
                ObjectInserter inserter = git.getRepository().newObjectInserter()) {
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(content.tree(inserter));
            commit.setAuthor(new PersonIdent("Dana", "dana@example.com"));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage("of somebody");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            RefUpdate update = git.getRepository().updateRef("refs/heads/reports");
            update.setNewObjectId(id);
            update.forceUpdate();
        }
    }

    private static ObjectId text(ObjectInserter into, String text) throws IOException {
        return into.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
    }

    private static DirCacheEntry entry(String path, FileMode mode, ObjectId id) {
        DirCacheEntry entry = new DirCacheEntry(path);
        entry.setFileMode(mode);
        entry.setObjectId(id);
        return entry;
    }

    private Map<String, String> checkOut(Set<String> read) {
        return new ReportBranch("shop", remote.toUri().toString(), "reports", Access.OPEN, copy)
                .checkOut(List.of("README.md", "nights"), read, new PullAttempt());
    }

    @Test
    void whatIsNoFileReadsAsEmptyButIsThere() throws Exception {
        push(into -> {
            ObjectId text = text(into, "a text");
            DirCache index = DirCache.newInCore();
            DirCacheBuilder builder = index.builder();
            builder.add(entry("README.md", FileMode.SYMLINK, text));
            builder.add(entry("nights/a.md", FileMode.EXECUTABLE_FILE, text));
            builder.add(entry("nights/b.md", FileMode.GITLINK, text));
            builder.add(entry("nights/c.md", FileMode.REGULAR_FILE, text));
            builder.add(entry("notes.md", FileMode.REGULAR_FILE, text));
            builder.finish();
            return index.writeTree(into);
        });

        assertThat(checkOut(Set.of("README.md", "nights/a.md", "nights/b.md", "notes.md")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("README.md", "", "nights/a.md", "a text", "nights/b.md", "", "nights/c.md", ""));
    }

    /** Ten small trees that name ten billion files. */
    @Test
    void aTreeThatNamesTooMuchIsRejected() throws Exception {
        push(into -> {
            ObjectId below = text(into, "a text");
            FileMode mode = FileMode.REGULAR_FILE;
            for (int level = 0; level < 10; level++) {
                TreeFormatter tree = new TreeFormatter();
                for (int i = 0; i < 10; i++) {
                    tree.append("n" + i, mode, below);
                }
                below = into.insert(tree);
                mode = FileMode.TREE;
            }
            return below;
        });

        assertThatThrownBy(() -> checkOut(Set.of()))
                .isInstanceOf(GitException.TooLarge.class)
                .hasMessage(
                        "shop: holds more than 100000 files, folders and links; name a branch that nobody else uses");
    }

    /** As camel-git pushes: with JGit's factory of connections, and the login as a provider. */
    private String pushed(String url, Access access) {
        ReportBranch branch = new ReportBranch("shop", url, "reports", access, copy);
        return pushed(branch, access, () -> {});
    }

    private String pushed(ReportBranch branch, Access access, Runnable beforePush) {
        PullAttempt attempt = new PullAttempt();
        branch.checkOut(List.of("README.md"), Set.of(), attempt);
        branch.write(Map.of("README.md", "a page"));
        branch.reach(attempt);
        try (Git git = Git.open(copy.toFile())) {
            git.add().addFilepattern("README.md").call();
            git.commit().setMessage("a report").setCommitter("a", "a@localhost").call();
            beforePush.run();
            branch.accepted(git.push()
                    .setRemote(ReportBranch.REMOTE)
                    .setCredentialsProvider(access.login()
                            .map(login -> new UsernamePasswordCredentialsProvider(
                                    login.username(), login.password().get()))
                            .orElse(null))
                    .call());
            return "";
        } catch (Exception e) {
            return String.valueOf(branch.failed(e, attempt).getMessage());
        } finally {
            branch.leave();
        }
    }

    private void takePushes() throws Exception {
        assumeTrue(GitHost.isInstalled(), "git http-backend is not installed");
        try (Git git = Git.open(remote.toFile())) {
            git.getRepository().getConfig().setBoolean("http", null, "receivepack", true);
            git.getRepository().getConfig().save();
        }
    }

    @Test
    void aPushTrustsTheCaFileOfItsSource() throws Exception {
        takePushes();
        Identity identity = Identity.make(folder, "git", "ip:127.0.0.1");
        try (GitHost secure = GitHost.https(folder, LOGIN, identity.server())) {
            Access access = new Access(Optional.of(BOT), Optional.of(identity.certificate()), Optional.empty());

            assertThat(pushed(secure.url("deploy.git"), access)).isEmpty();
            try (Git git = Git.open(remote.toFile())) {
                assertThat(git.getRepository().resolve("refs/heads/reports")).isNotNull();
            }
        }
    }

    @Test
    void aPushTakesNoLoginElsewhere() throws Exception {
        takePushes();
        try (GitHost host = GitHost.http(folder, LOGIN);
                GitHost other = GitHost.http(folder, "")) {
            Access access = new Access(Optional.of(BOT), Optional.empty(), Optional.empty());
            String url = host.url("deploy.git");
            ReportBranch branch = new ReportBranch("shop", url, "reports", access, copy);

            assertThat(pushed(branch, access, () -> host.moveTo(other.url("").replaceAll("/$", ""))))
                    .isEqualTo("shop: " + url
                            + " redirects (301), and redirects are not followed with a login; write the final URL");
            assertThat(other.requests()).hasValue(0);
        }
    }

    @Test
    void anEmptyFolderIsUsedAndOneOfOthersIsNot() throws Exception {
        Files.createDirectories(copy);
        assertThat(checkOut(Set.of())).isEmpty();

        Path others = Files.createDirectories(folder.resolve("others"));
        Files.writeString(others.resolve("a.txt"), "a person's");
        copy = others;
        assertThatThrownBy(() -> checkOut(Set.of())).hasMessageContaining("is not a working copy of Tidewatch");
        assertThat(others.resolve("a.txt")).hasContent("a person's");
    }
}
