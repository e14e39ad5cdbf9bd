package io.tidewatch.definition;

import io.tidewatch.definition.read.OtherFiles;
import io.tidewatch.definition.read.ReadFile;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.model.Commit;
import io.tidewatch.model.definition.FurtherKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Remembers the files of the commit that was read last, so that unchanged files are not parsed again. It holds no lock while a
 * file is read: a reading that hangs must not delay the next reading.
 */
final class KnownFiles {

    private final Schemas schemas;
    private final Set<FurtherKind> kinds;
    private final Map<String, Known> files = new ConcurrentHashMap<>();
    private final AtomicInteger parsed = new AtomicInteger();

    /**
     * @param schemas which fields the API server takes in manifests
     * @param kinds the further kinds that are manifests
     */
    KnownFiles(Schemas schemas, Set<FurtherKind> kinds) {
        this.schemas = schemas;
        this.kinds = Set.copyOf(kinds);
    }

    /** @param digest of the text, which itself is not kept */
    private record Known(String digest, ReadFile file) {}

    /** A file that refers to others is always read again, since its content depends on them. */
    ReadFile read(Commit commit, String path, String text, OtherFiles others) {
        String digest = digest(text);
        Known known = files.get(path);
        if (known != null && known.digest().equals(digest)) {
            return known.file().at(commit.id(), text);
        }
        parsed.incrementAndGet();
        others.wasAsked();
        ReadFile file = ReadFile.of(commit.source(), path, commit.id(), text, others, schemas, kinds);
        if (others.wasAsked()) {
            files.remove(path);
        } else {
            files.put(path, new Known(digest, file.stripped()));
        }
        return file;
    }

    void forgetAllBut(Set<String> paths) {
        files.keySet().retainAll(paths);
    }

    int parsed() {
        return parsed.get();
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
