/** The messages to people: their layout, their receivers, and when a failed one is tried again. Nothing here sends anything. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.alert;
