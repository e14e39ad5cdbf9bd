/** Incidents, and the story of one of them. Pure. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.view.incident;
