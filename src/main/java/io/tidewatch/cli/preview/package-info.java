/** What {@code preview} prints, from the schedule core. Pure. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.cli.preview;
