package io.tidewatch.git;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A folder of Tidewatch's own, which a file in it marks as such. */
final class MarkedFolder {

    private MarkedFolder() {}

    /** Deletes everything in it but the marker, so that a folder that is half empty is still known. Links are not followed. */
    static void empty(Path folder, String marker) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(folder.resolve(marker))) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path one, @Nullable IOException failed) throws IOException {
                if (failed != null) {
                    throw failed;
                }
                if (!one.equals(folder)) {
                    Files.delete(one);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
