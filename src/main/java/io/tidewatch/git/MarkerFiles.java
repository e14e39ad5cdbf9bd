package io.tidewatch.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of the markers: one small file for each source, replaced as a whole. */
final class MarkerFiles implements CommitMarkers.Disk {

    private static final Logger log = LoggerFactory.getLogger(MarkerFiles.class);

    private static final String SUFFIX = ".marker";

    private final Path directory;

    /** @param directory that no other process writes to; created with the first file */
    MarkerFiles(Path directory) {
        this.directory = directory;
    }

    /** The lines of each file, by source. A file that cannot be read does not prevent a start: it counts as empty. */
    Map<String, List<String>> read() {
        Map<String, List<String>> bySource = new TreeMap<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
                    String name = file.getFileName().toString();
                    bySource.put(name.substring(0, name.length() - SUFFIX.length()), lines(file));
                }
            } catch (IOException | UncheckedIOException e) {
                log.warn("{} cannot be read: {}. No commit is set aside", directory, e.toString());
            }
        }
        return bySource;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            log.warn("{} cannot be read and is ignored: {}", file, e.toString());
            return List.of();
        }
    }

    @Override
    public void write(String source, String text) throws IOException {
        Path file = directory.resolve(source + SUFFIX);
        if (text.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        Files.createDirectories(directory);
        Path fresh = directory.resolve(source + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
