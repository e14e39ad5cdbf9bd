package io.tidewatch.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Reads HTTP/1.1 messages, head and body, byte for byte as they came. */
final class HttpStream {

    private final InputStream in;

    HttpStream(InputStream in) {
        this.in = in;
    }

    /** @param bytes first line and headers, with the empty line */
    record Head(byte[] bytes) {

        String text() {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }

        String firstLine() {
            return text().lines().findFirst().orElse("");
        }

        Optional<String> header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return text().lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst();
        }

        int status() {
            return Integer.parseInt(firstLine().split(" ", 3)[1]);
        }
    }

    /** The next message's head; absent at the end of the connection. */
    Optional<Head> head() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 4) {
            int next = in.read();
            if (next < 0) {
                if (read.size() == 0) {
                    return Optional.empty();
                }
                throw new EOFException("the connection ended in a head");
            }
            read.write(next);
            boolean expected = next == (ends % 2 == 0 ? '\r' : '\n');
            ends = expected ? ends + 1 : next == '\r' ? 1 : 0;
        }
        return Optional.of(new Head(read.toByteArray()));
    }

    /** The body that belongs to a head, as it is on the wire. */
    byte[] body(Head head) throws IOException {
        if (head.header("Transfer-Encoding")
                .filter(coding -> coding.equalsIgnoreCase("chunked"))
                .isPresent()) {
            return chunks();
        }
        int length = head.header("Content-Length").map(Integer::parseInt).orElse(0);
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the connection ended in a body");
        }
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        int size;
        do {
            String line = line(read);
            size = Integer.parseInt(line.split(";", 2)[0].strip(), 16);
            read.write(in.readNBytes(size));
            line(read);
        } while (size > 0);
        return read.toByteArray();
    }

    private String line(ByteArrayOutputStream read) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended in a chunk");
            }
            read.write(next);
            if (next == '\n') {
                return line.toString();
            }
            line.append((char) next);
        }
    }
}
