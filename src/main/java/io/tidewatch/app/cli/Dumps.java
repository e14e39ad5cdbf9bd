package io.tidewatch.app.cli;

import io.tidewatch.cluster.Snapshot;
import io.tidewatch.observe.Dump;
import java.util.List;
import java.util.Optional;

/** Dumps as kubectl prints them, from files. */
final class Dumps {

    private Dumps() {}

    /** The cluster of the current kubeconfig, as a dump of this moment. */
    static Dump live(Optional<String> namespace) {
        Snapshot seen = Cluster.asked(client -> Snapshot.of(client, namespace));
        seen.problems().forEach(problem -> Tidewatch.err().println("tidewatch: " + problem));
        return new Dump(seen.objects(), seen.problems(), seen.listed());
    }

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
