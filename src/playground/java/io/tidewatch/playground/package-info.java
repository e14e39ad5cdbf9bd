/** The embedded cluster: an API server on loopback and the simulated controllers that live on it. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.playground;
