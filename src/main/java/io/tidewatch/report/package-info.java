/** What a pass reports, and when an incident opens and is resolved: a pure function of the last report and this pass. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.report;
