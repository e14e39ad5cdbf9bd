/** Composes the messages to people and decides their receivers and retries. Nothing here sends anything. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.alert;
