/** The verbs that people type. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.app.cli;
