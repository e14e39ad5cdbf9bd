/** What a running reconciler answers over HTTP, on loopback unless it is told otherwise. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.app.http;
