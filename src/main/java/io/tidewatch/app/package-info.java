/** The running process: the parts wired together, their health, the watchdog, the end. It decides nothing about targets. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.app;
