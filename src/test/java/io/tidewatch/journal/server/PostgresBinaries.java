package io.tidewatch.journal.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The programs of a real PostgreSQL from a test library, unpacked once for each machine and version. */
final class PostgresBinaries {

    /** As in pom.xml; the oldest version that docs/running.md names. */
    private static final String VERSION = "14.22.0";

    private PostgresBinaries() {}

    /** The folder with {@code bin}, which every user of the machine may read. */
    static Path unpacked() throws IOException {
        Path folder = Path.of(
                System.getProperty("java.io.tmpdir"),
                "tidewatch-postgres-" + VERSION + "-" + System.getProperty("user.name"));
        if (!Files.isDirectory(folder)) {
            Path fresh = Files.createTempDirectory("tidewatch-postgres-");
            unpack(fresh);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            moveUnlessThere(fresh, folder);
        }
        String owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName();
        if (!owner.equals(System.getProperty("user.name"))) {
            throw new IOException(folder + " is " + owner + "'s; delete it");
        }
        return folder;
    }

    /** Another process may have unpacked meanwhile; its folder is as good. */
    private static void moveUnlessThere(Path fresh, Path folder) throws IOException {
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException there) {
            if (!Files.isDirectory(folder)) {
                throw there;
            }
            delete(fresh);
        }
    }

    private static void unpack(Path folder) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive()))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = folder.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    link(path, entry.getLinkName());
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
                    Files.setPosixFilePermissions(
                            path,
                            PosixFilePermissions.fromString((entry.getMode() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x"));
                }
            }
        }
    }

    private static void link(Path path, String to) throws IOException {
        try {
            Files.createSymbolicLink(path, Path.of(to));
        } catch (FileAlreadyExistsException twice) {
            return;
        }
    }

    private static InputStream archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        return Stream.of(machine, "x86_64")
                .map(architecture -> "/postgres-" + system + "-" + architecture + ".txz")
                .map(PostgresBinaries.class::getResourceAsStream)
                .filter(found -> found != null)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no PostgreSQL for " + system + " on " + machine + " is among the test libraries of pom.xml"));
    }

    static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
