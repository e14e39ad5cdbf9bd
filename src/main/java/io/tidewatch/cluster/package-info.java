/**
 * Requests to the API server: writes, dry runs, the survey at the start, and one-time lists. It decides nothing.
 *
 * <p>{@link io.tidewatch.cluster.watch} keeps what is read again and again in memory, and {@link io.tidewatch.cluster.heartbeat}
 * detects outages. Both import this package; it imports neither.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.cluster;
