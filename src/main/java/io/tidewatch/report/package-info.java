/** Decides what a pass reports, and when incidents open and are resolved, from the last report and this pass alone. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.report;
