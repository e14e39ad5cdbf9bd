/**
 * The rules that give a target its state before time counts, one class each, in the order of {@code Convergence}.
 * Pure.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.diagnose.rule;
