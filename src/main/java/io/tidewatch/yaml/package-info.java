/**
 * Reads YAML text strictly into nodes with lines, and gathers problems. Knows no schedule and no setting; reads and writes no
 * file.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.yaml;
