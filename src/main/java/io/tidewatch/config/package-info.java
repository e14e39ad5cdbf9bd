/**
 * Reads the configuration folder and the environment into settings.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.config;
