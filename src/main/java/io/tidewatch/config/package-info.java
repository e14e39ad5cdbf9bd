/**
 * The configuration folder, read into settings. An edge: it reads files and environment variables, and nothing else.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.config;
