package io.tidewatch.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.config.Configuration;
import io.tidewatch.loop.RunMode;
import java.util.List;
import java.util.function.Supplier;

/** Tries everything that {@code run} would connect to. The entry point of the process implements it, because the wiring is there. */
@FunctionalInterface
public interface ConnectionTrials {

    /**
     * Returns when each is known, or its time is over. What fails is a value: nothing is thrown for it.
     *
     * @param client opened for the trial, and closed after it; it throws where no cluster is configured
     */
    List<Trial> of(Configuration configuration, RunMode mode, Supplier<KubernetesClient> client)
            throws InterruptedException;
}
