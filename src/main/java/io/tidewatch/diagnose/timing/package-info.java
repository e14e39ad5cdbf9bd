/** Since when a step is on its way, and whether it is late by now. Pure. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.diagnose.timing;
