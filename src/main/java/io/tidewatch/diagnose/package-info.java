/** One target in one state with its causes: the order of the rules, and the sentence that sums up. Pure. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.diagnose;
