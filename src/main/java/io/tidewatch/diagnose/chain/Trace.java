package io.tidewatch.diagnose.chain;

import io.tidewatch.diagnose.chain.Backlog.Carried;
import io.tidewatch.diagnose.chain.ControllerSigns.Sign;
import java.util.Optional;

/**
 * What the objects of one target say of others.
 *
 * @param carried what its minimum adds to the work of KEDA
 * @param sign that the controller of its Rollout lives
 */
public record Trace(Optional<Carried> carried, Optional<Sign> sign) {

    /** A target that cannot be read says nothing. */
    public static final Trace NONE = new Trace(Optional.empty(), Optional.empty());
}
