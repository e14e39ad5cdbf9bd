package io.tidewatch.model;

/** How urgent an incident is, in ascending order. */
public enum Severity {
    INFO,
    WARNING,
    CRITICAL
}
