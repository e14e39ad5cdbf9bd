package io.tidewatch.journal;

import io.tidewatch.journal.file.PrivateFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The identity of a replica in the election: the name of its host and a random part. It is kept in the state directory. Because the
 * directory is locked, the processes that had the identities in it have ended, and nobody needs to wait for their Leases to expire.
 *
 * @param own of this process
 * @param former of the processes that used the state directory before on the same host, as far as they are kept: the Lease may still name
 *     one that was followed by others that died before they led. A copy of the directory elsewhere proves nothing
 */
public record ReplicaIdentity(String own, Set<String> former) {

    private static final String FILE = "identity";
    private static final int RANDOM_PART = 8;
    private static final int LONGEST_HOST = 54;
    private static final int LONGEST = 2_000;

    /** How many identities are kept. */
    private static final int MOST = 20;

    /** What we write, and nothing that another file may hold. */
    private static final String FORM = "[-.a-zA-Z0-9]{1,54}_[0-9a-f]{" + RANDOM_PART + "}";

    private static final Logger log = LoggerFactory.getLogger(ReplicaIdentity.class);

    /** @param stateDirectory locked by this process */
    public static ReplicaIdentity in(Path stateDirectory) {
        Path file = stateDirectory.resolve(FILE);
        String own = made();
        List<String> former = List.of();
        try {
            former = kept(file);
            PrivateFiles.file(file);
            List<String> lines =
                    Stream.concat(Stream.of(own), former.stream()).limit(MOST).toList();
            Files.write(file, lines, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            log.warn(
                    "the identity of this replica could not be kept in {}: after a restart it waits for its own Lease to"
                            + " expire ({})",
                    file,
                    e.getMessage());
        }
        return new ReplicaIdentity(own, Set.copyOf(former));
    }

    private static List<String> kept(Path file) throws IOException {
        return Files.exists(file) && Files.size(file) <= LONGEST
                ? Files.readString(file)
                        .lines()
                        .map(String::strip)
                        .filter(text -> text.matches(FORM))
                        .filter(text -> text.startsWith(host() + "_"))
                        .distinct()
                        .toList()
                : List.of();
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
