/** The stage that delivers messages to receivers, each with its own pace, connections and retries. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.loop.outbox;
