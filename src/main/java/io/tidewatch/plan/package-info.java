/** Decides which writes a pass does: a pure function of definitions, observation, diagnoses and the instant. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.plan;
