package io.tidewatch.loop;

/** Is notified when a pass begins and ends, on the thread of the pass. Must not throw. */
public interface PassListener {

    void passBegins();

    /** The pass has ended, whether a stage failed or not. */
    default void passEnds() {}
}
