package io.tidewatch.loop.source;

import io.tidewatch.model.definition.Checkout;

/** Reads a commit on the thread that calls. */
@FunctionalInterface
public interface CommitReader {

    void read(Checkout commit);
}
