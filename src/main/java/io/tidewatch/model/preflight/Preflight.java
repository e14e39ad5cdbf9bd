package io.tidewatch.model.preflight;

import io.tidewatch.model.diagnosis.Advisory;
import java.util.List;

/**
 * The preflight of one target.
 *
 * @param raise the raise that it is about
 * @param findings in the order in which the raise would meet them; empty where nothing was found
 * @param unchecked what could not be checked, and why
 * @param advisories known faults that the step may meet and no remedy of the schedule may cure; they open no incident
 */
public record Preflight(Raise raise, List<Finding> findings, List<String> unchecked, List<Advisory> advisories) {

    public Preflight {
        findings = List.copyOf(findings);
        unchecked = List.copyOf(unchecked);
        advisories = List.copyOf(advisories);
    }
}
