package io.tidewatch.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A Lease by which one replica of a controller leads. Its leader renews it every few seconds for as long as it runs.
 *
 * @param renewed when its leader last did
 */
public record LeaseView(String namespace, String name, Optional<Instant> renewed) {}
