package io.tidewatch.playground.sim;

import java.util.List;

/** The garbage collector's part: what a controller made goes with the object that it made it for. */
final class Orphans {
    private Orphans() {}

    /** The deletions of all dependents of this kind whose controlling owner, of that kind and key, is gone. */
    static List<Write> of(Caches caches, Kind dependents, Kind ownerKind, ObjectKey gone) {
        return caches.all(dependents).stream()
                .filter(one -> one.key().namespace().equals(gone.namespace()))
                .filter(one -> one.controllerName(ownerKind)
                        .filter(gone.name()::equals)
                        .isPresent())
                .<Write>map(one -> new Write.Delete(dependents, one.key()))
                .toList();
    }
}
