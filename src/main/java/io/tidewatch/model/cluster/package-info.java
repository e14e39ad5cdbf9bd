/** What was observed in the cluster: one view a kind, without the libraries' types. The JDK alone. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.model.cluster;
