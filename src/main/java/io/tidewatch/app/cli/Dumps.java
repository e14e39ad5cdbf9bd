package io.tidewatch.app.cli;

import io.tidewatch.observe.Dump;
import java.util.List;

/** Dumps as kubectl prints them, from files. */
final class Dumps {

    private Dumps() {}

    /** What cannot be read is said, and the rest gone on with; nothing readable at all is a failure. */
    static Dump read(List<String> paths) {
        Dump dump = Texts.of(paths).entrySet().stream()
                .map(file -> Dump.parse(file.getKey(), file.getValue()))
                .reduce(new Dump(List.of(), List.of()), Dump::and);
        if (dump.objects().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", dump.problems()));
        }
        dump.problems().forEach(problem -> Tidewatch.err().println("tidewatch: " + problem));
        return dump;
    }
}
