package io.tidewatch.git;

import io.tidewatch.model.definition.Checkout;
import java.util.Optional;

/** A pull whose commit is read, as by an application that has no trouble with it. */
final class Reading {

    private Reading() {}

    static Optional<Checkout> next(GitSource source) {
        Optional<Checkout> moved = source.pull();
        moved.ifPresent(checkout -> source.confirm(checkout.commit()));
        return moved;
    }
}
