/** The status server: status and history of a running reconciler over HTTP, read only. It decides nothing. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.web;
