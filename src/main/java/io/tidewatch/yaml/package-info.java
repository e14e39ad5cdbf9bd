/**
 * Strict YAML text to nodes with lines, and the problems of what stands there. Knows no schedule and no setting; reads
 * and writes no file.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.yaml;
