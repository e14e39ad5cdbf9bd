/** What Tidewatch relies on from an API server, asked of the playground's and, given a kubeconfig, of a real one. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.contract;
