/** The checks of a preflight, one class each, in the order of {@code Checks}. Pure. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.preflight.check;
