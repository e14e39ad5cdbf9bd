package io.tidewatch.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A repository driven by the git program, as somebody else's would be; a bare copy of it is what is pulled from. */
final class RemoteRepository {

    private final Path work;
    private final Path bare;

    RemoteRepository(Path folder) {
        work = folder.resolve("work");
        bare = folder.resolve("remote.git");
        run(folder, "init", "-q", "-b", "main", work.toString());
        run(folder, "init", "-q", "--bare", "-b", "main", bare.toString());
        git("remote", "add", "origin", bare.toUri().toString());
    }

    String url() {
        return bare.toUri().toString();
    }

    Path bare() {
        return bare;
    }

    void write(String file, String text) {
        try {
            Files.createDirectories(work.resolve(file).getParent());
            Files.writeString(work.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void writeBytes(String file, byte[] bytes) {
        try {
            Files.write(work.resolve(file), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commits everything and pushes the branch that is checked out, by force; returns the commit's id. */
    String commit(String message) {
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", message);
        git("push", "-q", "-f", "origin", "HEAD");
        return git("rev-parse", "HEAD");
    }

    /** A commit written by hand, which the git program would not make; main points at it afterwards. */
    void pushCommit(String raw) {
        try {
            Path file = Files.writeString(work.resolve(".git/raw-commit"), raw);
            String id = git("hash-object", "-t", "commit", "--literally", "-w", file.toString());
            git("push", "-q", "-f", "origin", id + ":refs/heads/main");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String git(String... arguments) {
        return run(work, arguments);
    }

    private static String run(Path folder, String... arguments) {
        try {
            ProcessBuilder builder = new ProcessBuilder(
                    Stream.concat(Stream.of("git"), Stream.of(arguments)).toList());
            builder.directory(folder.toFile()).redirectErrorStream(true);
            builder.environment()
                    .putAll(java.util.Map.of(
                            "GIT_CONFIG_GLOBAL", "/dev/null",
                            "GIT_CONFIG_NOSYSTEM", "1",
                            "GIT_AUTHOR_NAME", "Dana",
                            "GIT_AUTHOR_EMAIL", "dana@example.com",
                            "GIT_COMMITTER_NAME", "Merge bot",
                            "GIT_COMMITTER_EMAIL", "bot@example.com",
                            "GIT_COMMITTER_DATE", "2026-11-22T20:15:00+09:00"));
            Process process = builder.start();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
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
