/**
 * The definitions of one source, from its files. Only the entry lives here: reading is in {@code read}, checks across files
 * are in {@code check}. Pure.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.definition;
