/** Log lines for machines: one line an event, as key=value or JSON. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.log;
