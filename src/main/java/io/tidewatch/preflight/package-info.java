/** The preflight of a raise: what would keep its pods from being ready, before it is written. Pure. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.preflight;
