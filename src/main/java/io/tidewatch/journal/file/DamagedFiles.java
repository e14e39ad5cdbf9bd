package io.tidewatch.journal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Moves a damaged journal out of the way, with the two files that SQLite keeps beside it, so that a new journal can begin. The
 * latest {@value #KEPT} are kept for a person to examine; older files are deleted.
 */
final class DamagedFiles {

    /** Each may be as large as a journal may become. */
    static final int KEPT = 3;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final List<String> BESIDE = List.of("-wal", "-shm");

    private DamagedFiles() {}

    /**
     * Moves the journal and its two files; it replaces a file of the same name, which is of the same second.
     *
     * @return the journal's new place
     * @throws IOException where it cannot be moved
     */
    static Path move(Path journal, Instant now) throws IOException {
        Path aside = journal.resolveSibling(journal.getFileName() + ".damaged-" + TIME.format(now));
        for (String suffix : BESIDE) {
            moveIfThere(beside(journal, suffix), beside(aside, suffix));
        }
        moveIfThere(journal, aside);
        deleteOlder(journal);
        return aside;
    }

    private static void moveIfThere(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void deleteOlder(Path journal) throws IOException {
        List<Path> older;
        try (Stream<Path> files = Files.list(journal.toAbsolutePath().getParent())) {
            older = files.filter(file -> isSetAside(journal, file))
                    .sorted(Comparator.comparing(Path::toString).reversed())
                    .skip(KEPT)
                    .toList();
        }
        for (Path file : older) {
            Files.deleteIfExists(file);
            for (String suffix : BESIDE) {
                Files.deleteIfExists(beside(file, suffix));
            }
        }
    }

    private static boolean isSetAside(Path journal, Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(journal.getFileName() + ".damaged-")
                && BESIDE.stream().noneMatch(name::endsWith);
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
