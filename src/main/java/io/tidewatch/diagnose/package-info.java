/** From what was seen to what it means: which hop holds a target back, why, and the proof. Pure; time is a parameter. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.diagnose;
