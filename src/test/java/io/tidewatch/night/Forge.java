package io.tidewatch.night;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes commits, with the git program, that no work tree could hold. */
record Forge(Path folder) {

    String blob(byte[] content) {
        return git(content, "hash-object", "-w", "--stdin");
    }

    /** @param entries as {@code git mktree} reads them */
    String tree(List<String> entries) {
        return git((String.join("\n", entries) + "\n").getBytes(StandardCharsets.UTF_8), "mktree");
    }

    /** A commit of this tree becomes what the remote's branch points at. */
    void push(String tree) {
        String commit = git(new byte[0], "commit-tree", tree, "-m", "a small change");
        git(new byte[0], "push", "-q", "-f", "origin", commit + ":refs/heads/main");
    }

    void pushWhatIsCheckedOut() {
        git(new byte[0], "push", "-q", "-f", "origin", "HEAD:refs/heads/main");
    }

    private String git(byte[] input, String... arguments) {
        try {
            ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of("git"), Stream.of(arguments))
                            .toList())
                    .directory(folder.toFile())
                    .redirectErrorStream(true);
            builder.environment()
                    .putAll(Map.of(
                            "GIT_CONFIG_GLOBAL", "/dev/null",
                            "GIT_CONFIG_NOSYSTEM", "1",
                            "GIT_AUTHOR_NAME", "E\u001b[2Jve",
                            "GIT_AUTHOR_EMAIL", "eve@example.com",
                            "GIT_COMMITTER_NAME", "Eve",
                            "GIT_COMMITTER_EMAIL", "eve@example.com"));
            Process process = builder.start();
            try (var to = process.getOutputStream()) {
                new ByteArrayInputStream(input).transferTo(to);
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("git " + List.of(arguments) + ": " + output);
            }
            return output.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
