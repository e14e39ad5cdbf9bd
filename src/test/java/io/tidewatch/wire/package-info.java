/** What lies between a client and a server in tests: certificates and proxies. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.wire;
