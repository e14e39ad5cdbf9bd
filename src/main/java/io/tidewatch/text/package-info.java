/**
 * The sentences about a target that people read in a status, a line of the diary, an Event or a message. They are functions
 * from values to text. Only the model is imported. The layout of messages is in {@code alert}, the sentences of diagnoses in
 * {@code diagnose}.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.text;
