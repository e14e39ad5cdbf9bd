/** The causes of a lag, one class each, in the order of {@code Causes}. A cause is found only with its proof. Pure. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.diagnose.cause;
