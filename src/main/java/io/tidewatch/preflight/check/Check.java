package io.tidewatch.preflight.check;

import io.tidewatch.model.preflight.Finding;
import java.util.Optional;

/** One thing that can keep a raise from being ready. */
@FunctionalInterface
interface Check {

    /** @return empty where the observed objects do not prove it */
    Optional<Finding> find(Situation situation);
}
