/** An API server on loopback, on fabric8's mock server, that answers writers and watchers as kube-apiserver does. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.playground.api;
