package io.tidewatch.model.diagnosis;

import io.tidewatch.model.StrangerText;

/**
 * What another tool says of a target, which is not the same as what is.
 *
 * @param tool whose word it is
 * @param says its state, as its own page shows it
 */
public record Claim(String tool, String says) {

    public Claim {
        tool = StrangerText.name(tool);
        says = StrangerText.message(says);
    }
}
