/** The lines that the process logs for machines: one line for each event, as key=value or JSON, from one record. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.log;
