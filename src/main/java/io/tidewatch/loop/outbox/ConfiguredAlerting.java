package io.tidewatch.loop.outbox;

import io.tidewatch.model.definition.Alerting;

/** Knows the receivers and the digest that are configured. Does not wait and does not throw. */
@FunctionalInterface
public interface ConfiguredAlerting {

    Alerting now();
}
