package io.tidewatch.playground;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.git.GitConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** A person with a clone: edits definitions, commits, and pushes them to the remote that sources point at. */
public final class Operator implements AutoCloseable {

    private static final String BRANCH = "main";

    private final CamelContext camel;
    private final ProducerTemplate git;
    private final Path remote;
    private final Path clone;
    private final String name;

    private Operator(CamelContext camel, Path remote, Path clone, String name) {
        this.camel = camel;
        this.git = camel.createProducerTemplate();
        this.remote = remote;
        this.clone = clone;
        this.name = name;
    }

    /** Makes an empty remote below {@code folder}, and a clone of it. */
    public static Operator start(Path folder, String name) {
        Path remote = folder.resolve("deploy.git");
        Path clone = folder.resolve("clone");
        try {
            Git.init()
                    .setBare(true)
                    .setInitialBranch(BRANCH)
                    .setDirectory(remote.toFile())
                    .call()
                    .close();
            cloneOf(remote, clone);
        } catch (GitAPIException | IOException e) {
            throw new IllegalStateException("the playground's remote cannot be made", e);
        }
        CamelContext camel = new DefaultCamelContext();
        camel.start();
        return new Operator(camel, remote, clone, name);
    }

    /** An empty remote has no branch to check out, so the clone is made by hand. */
    private static void cloneOf(Path remote, Path clone) throws GitAPIException, IOException {
        try (Git git =
                Git.init().setInitialBranch(BRANCH).setDirectory(clone.toFile()).call()) {
            StoredConfig config = git.getRepository().getConfig();
            config.setString("remote", "origin", "url", remote.toUri().toString());
            config.setString("remote", "origin", "push", "refs/heads/" + BRANCH + ":refs/heads/" + BRANCH);
            config.save();
        }
    }

    /** What a source's {@code url} is. */
    public String url() {
        return remote.toUri().toString();
    }

    /** The branch that is pushed. */
    public String ref() {
        return BRANCH;
    }

    /**
     * Writes these files, commits them and pushes.
     *
     * @param texts path → text
     * @return the commit's id
     */
    public String commit(String message, Map<String, String> texts) {
        texts.forEach(this::write);
        texts.keySet().forEach(path -> run("add", Map.of(GitConstants.GIT_FILE_NAME, path)));
        run(
                "commit",
                Map.of(
                        GitConstants.GIT_COMMIT_MESSAGE, message,
                        GitConstants.GIT_COMMIT_USERNAME, name,
                        GitConstants.GIT_COMMIT_EMAIL, name.toLowerCase(Locale.ROOT) + "@example.com"));
        run("push&remoteName=origin", Map.of());
        return head();
    }

    /** The text of a file on a branch of the remote; absent where there is no such branch or file. */
    public Optional<String> read(String branch, String path) {
        try (Git git = Git.open(remote.toFile());
                RevWalk walk = new RevWalk(git.getRepository())) {
            ObjectId tip = git.getRepository().resolve("refs/heads/" + branch);
            if (tip == null) {
                return Optional.empty();
            }
            try (TreeWalk file = TreeWalk.forPath(
                    git.getRepository(), path, walk.parseCommit(tip).getTree())) {
                return file == null
                        ? Optional.empty()
                        : Optional.of(new String(
                                git.getRepository().open(file.getObjectId(0)).getBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String head() {
        try (Git local = Git.open(clone.toFile())) {
            return Objects.requireNonNull(local.getRepository().resolve("HEAD"), "nothing was committed")
                    .name();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String path, String text) {
        try {
            Path file = clone.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(String operation, Map<String, Object> headers) {
        try {
            git.sendBodyAndHeaders("git://" + clone + "?operation=" + operation, "", headers);
        } catch (CamelExecutionException e) {
            throw new IllegalStateException("git " + operation + " failed", e.getCause());
        }
    }

    @Override
    public void close() {
        camel.stop();
    }
}
