package io.tidewatch.chart;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A program of this machine that tests need: on the PATH, or where {@code go install} puts it. */
public record Tool(Path program) {

    private static final long PATIENCE_MINUTES = 3;

    /** @param said on the standard output and the standard error */
    public record Ran(int code, String said, String output) {}

    static Optional<Tool> find(String name) {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of(System.getProperty("user.home") + "/go/bin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Tool::new);
    }

    /** Skips the test where the program is missing; {@code ToolsTest} of the second tier fails there. */
    public static Tool assumed(String name) {
        Optional<Tool> tool = find(name);
        Assumptions.assumeTrue(tool.isPresent(), name + " is not installed");
        return tool.orElseThrow();
    }

    Ran run(List<String> arguments) {
        return run(arguments, Optional.empty());
    }

    /** @param input what it reads from its standard input */
    public Ran run(List<String> arguments, Optional<Path> input) {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(arguments);
        return run(command, program.getParent(), input);
    }

    /** @param path is searched for programs first */
    static Ran run(List<String> command, Path path) {
        return run(command, path, Optional.empty());
    }

    private static Ran run(List<String> command, Path path, Optional<Path> input) {
        try {
            Path output = Files.createTempFile("output", ".txt");
            Path errors = Files.createTempFile("errors", ".txt");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile());
                input.ifPresent(file -> builder.redirectInput(file.toFile()));
                builder.environment().merge("PATH", path.toString(), (before, first) -> first + ":" + before);
                Process process = builder.start();
                try {
                    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                        throw new IllegalStateException(command + " does not end");
                    }
                } finally {
                    process.destroyForcibly();
                }
                String said = Files.readString(output);
                return new Ran(process.exitValue(), said + Files.readString(errors), said);
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
