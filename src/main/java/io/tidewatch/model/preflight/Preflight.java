package io.tidewatch.model.preflight;

import java.util.List;

/**
 * The preflight of one target.
 *
 * @param raise the raise that it is about
 * @param findings in the order in which the raise would meet them; empty where nothing was found
 */
public record Preflight(Raise raise, List<Finding> findings) {

    public Preflight {
        findings = List.copyOf(findings);
    }
}
