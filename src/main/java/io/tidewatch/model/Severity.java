package io.tidewatch.model;

/** How loudly a thing is said; ordered from quiet to loud. */
public enum Severity {
    INFO,
    WARNING,
    CRITICAL
}
