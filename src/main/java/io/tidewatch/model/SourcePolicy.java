package io.tidewatch.model;

/**
 * What a source may do to the cluster.
 *
 * @param name the source's
 * @param apply whether its objects are applied; if not, everything is read and only minimums are written
 * @param restoreDrift whether fields of its manifests that another manager took are taken back
 */
public record SourcePolicy(String name, boolean apply, boolean restoreDrift) {}
