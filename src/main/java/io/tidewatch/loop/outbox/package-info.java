/**
 * The stage that delivers messages to receivers, each receiver at its own pace and over its own connections. What a message
 * says, and when its next attempt is due, is decided in {@code alert}.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.loop.outbox;
