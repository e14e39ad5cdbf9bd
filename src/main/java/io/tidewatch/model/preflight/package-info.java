/** What the preflight of a raise found. Values only. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.model.preflight;
