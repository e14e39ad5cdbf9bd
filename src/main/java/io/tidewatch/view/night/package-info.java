/** The report of a night, and its pages in Markdown. Pure. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.view.night;
