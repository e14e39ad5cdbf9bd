/** What {@code diagnose} prints: the story, the hops, the notes, the next command. Pure. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.cli.diagnosis;
