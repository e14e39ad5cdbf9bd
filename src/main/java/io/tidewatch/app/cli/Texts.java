package io.tidewatch.app.cli;

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
        if (!Files.exists(path)) {
            throw new IllegalArgumentException(path + ": there is no such file or folder");
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(one -> !one.toString().contains("/.git/"))
                    .toList()) {
                texts.put(file.toString(), text(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }

    private static String text(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        boolean gzip = bytes.length > 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
        if (!gzip) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        try (GZIPInputStream unpacked = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String standardInput() {
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("standard input cannot be read", e);
        }
    }
}
