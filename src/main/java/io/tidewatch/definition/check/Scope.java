package io.tidewatch.definition.check;

import io.tidewatch.definition.read.Neighbour;
import io.tidewatch.definition.read.ReadDocument;
import io.tidewatch.definition.read.ReadFile;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.FurtherKind;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.yaml.FileProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The namespaces in which a source may define objects, and the receivers that its schedules may name. Documents of other
 * namespaces are left out with a warning before any reference is checked: a repository must not reach further than its operator
 * allows, not even by a calendar.
 *
 * @param namespaces all when empty
 * @param receivers the names that {@code alerts.yaml} knows; absent where no configuration is at hand
 * @param kinds the further kinds of objects that the source applies
 */
public record Scope(Set<String> namespaces, Optional<Set<String>> receivers, Set<FurtherKind> kinds) {

    public static final Scope ALL = new Scope(Set.of());

    public Scope {
        namespaces = Set.copyOf(namespaces);
        receivers = receivers.map(Set::copyOf);
        kinds = Set.copyOf(kinds);
    }

    public Scope(Set<String> namespaces, Optional<Set<String>> receivers) {
        this(namespaces, receivers, Set.of());
    }

    /** What a source with this policy may define, whatever receivers there are. */
    public static Scope of(SourcePolicy policy) {
        return new Scope(policy.namespaces(), Optional.empty(), policy.kinds());
    }

    /** The same without the receivers, so that the receivers of schedules are not checked. */
    public Scope withoutReceivers() {
        return new Scope(namespaces, Optional.empty(), kinds);
    }

    public Scope(Set<String> namespaces) {
        this(namespaces, Optional.empty());
    }

    /** The file without the documents of other namespaces; each of these is a warning. */
    public ReadFile limit(ReadFile file) {
        if (namespaces.isEmpty()) {
            return file;
        }
        List<ReadDocument> inside = new ArrayList<>();
        FileProblems found = file.found();
        for (ReadDocument document : file.documents()) {
            if (namespaces.contains(document.key().namespace())) {
                inside.add(document);
            } else {
                found = found.plus(leftOut(file, document));
            }
        }
        List<Neighbour> neighbours = file.neighbours().stream()
                .filter(neighbour -> namespaces.contains(neighbour.namespace()))
                .toList();
        return new ReadFile(file.path(), file.commit(), inside, neighbours, found, file.wholly());
    }

    private Problem leftOut(ReadFile file, ReadDocument document) {
        return new Problem(
                file.path(),
                document.line(),
                "metadata.namespace",
                Problem.Severity.WARNING,
                "outside-namespaces",
                document.key().kind() + " " + document.key().name() + " is left out: this source may speak for "
                        + String.join(", ", new TreeSet<>(namespaces)) + ", not for "
                        + document.key().namespace());
    }
}
