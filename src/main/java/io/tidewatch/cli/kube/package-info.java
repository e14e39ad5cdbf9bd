/** The parts of a kubeconfig that the client library does not read. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.cli.kube;
