/** Whether the ResourceQuotas of a namespace leave room for more pods, by the rules of the API server's admission. Pure. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.preflight.quota;
