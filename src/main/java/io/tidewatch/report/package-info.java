/** What a pass has to say, and when an incident begins and ends: a pure function of what was before and what is now. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.report;
