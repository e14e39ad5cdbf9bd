/** The election of the replica that writes, by a Lease of the API server. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.cluster.lease;
