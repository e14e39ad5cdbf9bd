package io.tidewatch.journal.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Makes files and directories that nobody but their owner may read (0600 and 0700), whatever the umask says. What is there
 * already stays as it is: its permissions are the operator's choice.
 */
public final class PrivateFiles {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private PrivateFiles() {}

    /** A directory with its parents; only the last one, when it is new, is private. */
    public static void directory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(directory, of("rwx------"));
        } catch (FileAlreadyExistsException e) {
            Files.createDirectories(directory);
        }
    }

    /** An empty file, where there is none. SQLite gives what it puts beside it the same permissions. */
    public static void file(Path file) throws IOException {
        try {
            Files.createFile(file, of("rw-------"));
        } catch (FileAlreadyExistsException e) {
            return;
        }
    }

    private static FileAttribute<?>[] of(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
