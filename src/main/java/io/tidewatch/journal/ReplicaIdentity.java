package io.tidewatch.journal;

import io.tidewatch.journal.file.PrivateFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The identity of a replica in the election: the name of its host and a random part. It is kept in the state directory. Because the
 * directory is locked, the process that had the identity in it has ended, and nobody needs to wait for its Lease to expire.
 *
 * @param own of this process
 * @param former of the process that used the state directory before on the same host; a copy of the directory elsewhere proves nothing
 */
public record ReplicaIdentity(String own, Optional<String> former) {

    private static final String FILE = "identity";
    private static final int RANDOM_PART = 8;
    private static final int LONGEST_HOST = 54;
    private static final int LONGEST = 1_000;

    /** What we write, and nothing that another file may hold. */
    private static final String FORM = "[-.a-zA-Z0-9]{1,54}_[0-9a-f]{" + RANDOM_PART + "}";

    private static final Logger log = LoggerFactory.getLogger(ReplicaIdentity.class);

    /** @param stateDirectory locked by this process */
    public static ReplicaIdentity in(Path stateDirectory) {
        Path file = stateDirectory.resolve(FILE);
        String own = made();
        Optional<String> former = Optional.empty();
        try {
            former = kept(file);
            PrivateFiles.file(file);
            Files.writeString(file, own + System.lineSeparator(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            log.warn(
                    "the identity of this replica could not be kept in {}: after a restart it waits for its own Lease to"
                            + " expire ({})",
                    file,
                    e.getMessage());
        }
        return new ReplicaIdentity(own, former);
    }

    private static Optional<String> kept(Path file) throws IOException {
        return Files.exists(file) && Files.size(file) <= LONGEST
                ? Optional.of(Files.readString(file).strip())
                        .filter(text -> text.matches(FORM))
                        .filter(text -> text.startsWith(host() + "_"))
                : Optional.empty();
    }

    private static String made() {
        return host() + "_" + UUID.randomUUID().toString().substring(0, RANDOM_PART);
    }

    private static String host() {
        try {
            String name = InetAddress.getLocalHost().getHostName().replaceAll("[^-.a-zA-Z0-9]", "-");
            return name.isEmpty() ? "tidewatch" : name.substring(0, Math.min(name.length(), LONGEST_HOST));
        } catch (UnknownHostException unnamed) {
            return "tidewatch";
        }
    }
}
