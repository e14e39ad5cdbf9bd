/** The one Kubernetes client: caches in, patches out. It decides nothing. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.cluster;
