package io.tidewatch.cli;

import io.tidewatch.cluster.Snapshot;
import io.tidewatch.model.StrangerText;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.ObjectReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads dumps of kubectl from files. */
final class Dumps {

    private static final Pattern IS_DUMP = Pattern.compile(".*\\.(ya?ml|json)(\\.gz)?");

    private Dumps() {}

    /** The cluster of the current kubeconfig, as far as the reach goes, as a dump of this moment. */
    static Dump live(Snapshot.Reach reach) {
        Snapshot seen = Cluster.request(client -> Snapshot.of(client, reach, ObjectReader::controller));
        seen.problems().forEach(Dumps::print);
        return new Dump(seen.objects(), seen.problems(), seen.listed());
    }

    /**
     * Prints what cannot be read and reads the rest; fails if nothing can be read. In a folder, files without objects are
     * skipped if their name is not that of a dump.
     */
    static Dump read(List<String> paths) {
        Dump dump = Dump.of(paths.stream().flatMap(Dumps::at).toList());
        if (dump.objects().isEmpty()) {
            throw new IllegalArgumentException(
                    dump.problems().isEmpty()
                            ? String.join(", ", paths) + ": no dump found"
                            : String.join("; ", dump.problems()));
        }
        dump.problems().forEach(Dumps::print);
        return dump;
    }

    private static Stream<Dump> at(String path) {
        if (path.equals("-")) {
            return Stream.of(Dump.parse("standard input", Texts.standardInput()));
        }
        boolean isFolder = Files.isDirectory(Path.of(path));
        return Texts.files(Path.of(path)).stream()
                .sorted()
                .flatMap(file -> Stream.of(parsed(file))
                        .filter(found -> !isFolder
                                || !found.objects().isEmpty()
                                || IS_DUMP.matcher(file.toString()).matches()));
    }

    private static Dump parsed(Path file) {
        try {
            return Dump.parse(file.toString(), Texts.text(file));
        } catch (UncheckedIOException e) {
            return new Dump(List.of(), List.of(e.getMessage()));
        }
    }

    private static void print(String problem) {
        Tidewatch.err().println("tidewatch: " + StrangerText.line(problem));
    }
}
