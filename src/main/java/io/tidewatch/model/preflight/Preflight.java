package io.tidewatch.model.preflight;

import java.util.List;

/**
 * The preflight of one target.
 *
 * @param raise the raise that it is about
 * @param unchecked what could not be checked, and why
 * @param findings in the order in which the raise would meet them; empty where nothing was found
 */
public record Preflight(Raise raise, List<Finding> findings, List<String> unchecked) {

    public Preflight {
        findings = List.copyOf(findings);
        unchecked = List.copyOf(unchecked);
    }
}
