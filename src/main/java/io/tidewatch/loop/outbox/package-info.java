/**
 * The stage that delivers messages to receivers, each receiver at its own pace and over its own connections. The text of a
 * message and the pause before its next attempt are decided in {@code alert}.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.loop.outbox;
