/** The first page: one sentence, and a lane for each target from six hours ago to twelve hours ahead. Pure. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.view.tonight;
