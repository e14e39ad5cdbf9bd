/** The page of one target, now or at an instant of the kept nights. Pure. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.view.detail;
