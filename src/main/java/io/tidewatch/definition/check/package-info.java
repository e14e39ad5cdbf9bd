/**
 * What is wrong across files, and which definitions are in force then: references, two schedules for one target, the
 * last good version. Pure.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.definition.check;
