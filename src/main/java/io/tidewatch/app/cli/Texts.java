package io.tidewatch.app.cli;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads what a person names on the command line: files, folders, or {@code -} for standard input. */
final class Texts {

    private static final String STANDARD_INPUT = "-";

    private Texts() {}

    /** @return path as people know it → text, gzip unpacked */
    static SortedMap<String, String> of(List<String> paths) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (String path : paths) {
            if (path.equals(STANDARD_INPUT)) {
                texts.put("stdin.yaml", standardInput());
            } else {
                read(Path.of(path), texts);
            }
        }
        return texts;
    }

    private static void read(Path path, SortedMap<String, String> texts) {
        for (Path file : files(path)) {
            texts.put(file.toString(), text(file));
        }
    }

    /** The file itself, or all in the folder. */
    static List<Path> files(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalArgumentException(path + ": there is no such file or folder");
        }
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(Files::isRegularFile)
                    .filter(one -> !one.toString().contains("/.git/"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }

    /** Unpacked and decoded: PowerShell writes UTF-16. */
    static String text(Path file) {
        try {
            return text(Files.readAllBytes(file));
        } catch (EOFException e) {
            throw new UncheckedIOException(file + " breaks off, as a file that was cut", e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    static String standardInput() {
        try {
            return text(System.in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("standard input cannot be read", e);
        }
    }

    private static String text(byte[] bytes) throws IOException {
        if (!startsWith(bytes, 0x1f, 0x8b)) {
            return decoded(bytes);
        }
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return decoded(unpacked.readAllBytes());
        }
    }

    private static String decoded(byte[] bytes) {
        boolean utf16 = startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff);
        String text = new String(bytes, utf16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return bytes.length > 1 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
    }
}
