package io.tidewatch.cli;

import io.tidewatch.model.Limits;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads the arguments of the command line: files, folders, or {@code -} for standard input. */
final class Texts {

    private static final String STANDARD_INPUT = "-";
    private static final Pattern DEFINES = Pattern.compile("\\.(?:ya?ml|ics)$");
    private static final int BUFFER = 1 << 16;

    private Texts() {}

    /**
     * Definitions, within the limits of a source.
     *
     * @return path → text, gzip unpacked
     */
    static SortedMap<String, String> of(List<String> paths) {
        SortedMap<String, String> texts = new TreeMap<>();
        long left = Limits.SOURCE_BYTES;
        for (String path : paths) {
            if (path.equals(STANDARD_INPUT)) {
                texts.put("stdin.yaml", standardInput(left));
                left -= texts.get("stdin.yaml").length();
                continue;
            }
            for (Path file : files(Path.of(path))) {
                String text = isPassedOver(file) ? "" : text(file, Math.min(left, Limits.FILE_BYTES));
                left -= text.length();
                texts.put(file.toString(), text);
                if (texts.size() > Limits.FILES) {
                    throw new IllegalArgumentException(
                            path + " has more than " + Limits.FILES + " files; name the folder with the definitions");
                }
            }
        }
        return texts;
    }

    /** A large file of another kind is not read. */
    private static boolean isPassedOver(Path file) {
        try {
            return Files.size(file) > Limits.FILE_BYTES
                    && !DEFINES.matcher(file.toString()).find();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /** The file itself, or all files in the folder. */
    static List<Path> files(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalArgumentException(path + ": no such file or folder");
        }
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(Files::isRegularFile)
                    .filter(one -> !one.toString().contains("/.git/"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }

    /** A dump, unpacked and decoded; PowerShell writes UTF-16. */
    static String text(Path file) {
        return text(file, Limits.DUMP_BYTES);
    }

    private static String text(Path file, long most) {
        try (InputStream in = Files.newInputStream(file)) {
            return text(in, most, file.toString());
        } catch (EOFException e) {
            throw new UncheckedIOException(file + ": unexpected end of the file; was it truncated?", e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    static String standardInput() {
        return standardInput(Limits.DUMP_BYTES);
    }

    private static String standardInput(long most) {
        try {
            return text(System.in, most, "standard input");
        } catch (IOException e) {
            throw new UncheckedIOException("standard input cannot be read", e);
        }
    }

    /** @throws IllegalArgumentException for more than so many bytes, packed or unpacked */
    private static String text(InputStream in, long most, String name) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(new BufferedInputStream(in), 2);
        byte[] start = bytes.readNBytes(2);
        bytes.unread(start);
        if (!startsWith(start, 0x1f, 0x8b)) {
            return decoded(bounded(bytes, most, name));
        }
        try (GZIPInputStream unpacked = new GZIPInputStream(bytes)) {
            return decoded(bounded(unpacked, most, name));
        }
    }

    private static byte[] bounded(InputStream in, long most, String name) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            if (read.size() + (long) count > most) {
                throw new IllegalArgumentException(name + " is too large: the limit is " + mebibytes(most));
            }
            read.write(buffer, 0, count);
        }
        return read.toByteArray();
    }

    private static String mebibytes(long bytes) {
        return bytes >= 1 << 20 ? (bytes >> 20) + " MiB" : bytes + " bytes";
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
