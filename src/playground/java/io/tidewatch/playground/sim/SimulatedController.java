package io.tidewatch.playground.sim;

/** A controller of the work loop: it reads one object and decides what to write. */
interface SimulatedController {
    /** The field manager under which it writes, and its name in the log. */
    String name();

    /** Decides from the caches, not from the API server. Called on the work loop's thread only. */
    Decision reconcile(ObjectKey key);

    /** Called after the server has accepted one of the decision's writes; {@code reply} as it answered. */
    default void wrote(Write write, Live reply) {}
}
