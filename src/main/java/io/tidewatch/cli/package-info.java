/** The command line, with one class for each verb. A verb reads its options, calls a pure package and prints. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.cli;
