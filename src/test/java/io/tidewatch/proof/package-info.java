/** What raw objects prove, worked out anew from what docs/diagnosis.md demands: judges the diagnosis, shares nothing with it. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.proof;
