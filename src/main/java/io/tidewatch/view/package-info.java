/**
 * What pages, their API and {@code preview} show, as records of values and words, made by pure functions from what is known. Nothing here
 * reads a clock, knows HTML, or decides anything about a target.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.view;
