/** Detects outages of the API server with a small request every few seconds. It knows nothing of watches. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.cluster.heartbeat;
