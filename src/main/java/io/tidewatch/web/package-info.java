/** What a running reconciler answers over HTTP: status and history. It decides nothing. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.web;
