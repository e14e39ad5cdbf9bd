/** What a source defines: schedules, manifests, calendars, policies; and what it wants at an instant. The JDK alone. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.model.definition;
