/**
 * What the loop did and how it stands, as Prometheus reads it. Counts are worked out of a pass by a pure function; gauges are worked out
 * when they are read. Nothing here decides anything or asks a cluster.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.metrics;
