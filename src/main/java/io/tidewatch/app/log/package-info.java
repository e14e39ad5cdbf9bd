/** The lines of {@code run} where no person reads them: one line an event, for machines. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.app.log;
