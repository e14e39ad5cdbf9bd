/**
 * What the journal and its users hand to each other: the values that it holds, the {@link io.tidewatch.journal.content.Change changes}
 * of them, what it answers ({@link io.tidewatch.journal.content.Records}), and how it reports trouble. Memory and the file take the
 * same values. Nothing here knows SQL, a disk or a thread.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.journal.content;
