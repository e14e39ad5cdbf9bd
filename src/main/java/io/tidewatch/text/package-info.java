/**
 * The sentences that people read about a target, whichever way they travel: a status, a line of the diary, an Event or a
 * message. Whoever wants to change or translate one looks here. Functions from values to text; the model alone is imported.
 * How a message is laid out stands in {@code alert}, and what a diagnosis found in {@code diagnose}.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.text;
