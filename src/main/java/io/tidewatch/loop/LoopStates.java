package io.tidewatch.loop;

import io.tidewatch.model.report.LoopState;

/** Knows the state of the loop: which pass is under way and which ended last. Waits for no pass. */
@FunctionalInterface
public interface LoopStates {

    LoopState now();
}
