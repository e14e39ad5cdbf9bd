package io.tidewatch.night;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real file system of a few megabytes, which can be filled; needs the right to mount one. */
public final class SmallDisk {

    private static final String BALLAST = "ballast";
    private static final byte[] BLOCK = new byte[4096];

    private SmallDisk() {}

    public static void mount(Path folder, int bytes) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(List.of("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", folder.toString()));
    }

    /** Until not one byte more goes in. */
    public static void fill(Path folder) {
        try (OutputStream ballast = Files.newOutputStream(folder.resolve(BALLAST))) {
            while (true) {
                ballast.write(BLOCK);
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space left")) {
                throw new UncheckedIOException(full);
            }
        }
    }

    public static void free(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(BALLAST));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void unmount(Path folder) {
        run(List.of("umount", "-l", folder.toString()));
    }

    static boolean isMounted(Path folder) {
        try {
            return Files.readString(Path.of("/proc/mounts")).contains(" " + folder.toAbsolutePath() + " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
