/** An API server on loopback, on fabric8's mock server, which behaves towards writers and watches as kube-apiserver does. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.playground.api;
