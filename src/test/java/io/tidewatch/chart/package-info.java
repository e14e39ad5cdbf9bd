/** The Helm chart in {@code deploy/helm}, and what is rendered from it. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.chart;
