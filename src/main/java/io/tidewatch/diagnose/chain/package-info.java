/**
 * The chain of one target from ScaledObject to pods, and the facts that its objects prove. What rules, causes and
 * timing share. Pure.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.diagnose.chain;
