/**
 * What the ReplicaSets and pods of a workload show, by kind: its revisions, and the counters that its status should have. Below
 * {@code diagnose.chain}; knows no autoscaler. Pure.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.diagnose.workload;
