/**
 * Problems across files, and the definitions that are in force despite them: references, two schedules for one target, the
 * last good version. Pure.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.definition.check;
