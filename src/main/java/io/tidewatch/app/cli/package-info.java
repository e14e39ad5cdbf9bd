/** The verbs of the command line: what people type, and how the answers read. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.app.cli;
