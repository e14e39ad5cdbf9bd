package io.tidewatch.loop.source;

import java.time.Duration;

/**
 * A source and how often it is pulled.
 *
 * @param interval from one pull to the next while pulls succeed
 * @param deadline of one pull, with the reading of the commit that it brought
 */
public record PulledSource(String name, Duration interval, Duration deadline, SourceRemote remote) {}
