/** Tries what the configuration names, for {@code run --check --connect}, and changes nothing anywhere. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.app.trial;
