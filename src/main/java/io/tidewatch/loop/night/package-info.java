/** The report of each night: when it is due, and its way to the branch of its source, each source at its own pace. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.loop.night;
