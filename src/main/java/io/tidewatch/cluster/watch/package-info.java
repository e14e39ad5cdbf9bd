/**
 * Keeps the objects that passes read in memory: one list and one watch for each kind in each namespace. It decides nothing.
 *
 * <p>From the outside in: {@link io.tidewatch.cluster.watch.ClusterCaches} starts and stops the watches; {@code StateReader} reads
 * what they know; {@code KindWatch} holds one kind, and {@code NamespaceWatch} one kind in one namespace.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.cluster.watch;
