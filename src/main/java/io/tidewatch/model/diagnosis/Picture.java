package io.tidewatch.model.diagnosis;

import java.util.List;

/**
 * What people look at beside a diagnosis.
 *
 * @param hops from the minimum to the pods; empty where nothing of the target was seen
 * @param claims what other tools say of it
 * @param next the next sensible command; empty where there is nothing to do
 */
public record Picture(List<HopRow> hops, List<Claim> claims, String next) {

    /** Of a target of which nothing was kept. */
    public static final Picture NONE = new Picture(List.of(), List.of(), "");

    public Picture {
        hops = List.copyOf(hops);
        claims = List.copyOf(claims);
    }

    /** All numbers and verdicts in one short text: two pictures that show the same have the same. */
    public String numbers() {
        StringBuilder all = new StringBuilder();
        hops.forEach(hop -> all.append(hop.desired())
                .append(' ')
                .append(hop.now())
                .append(' ')
                .append(hop.claimed().orElse(""))
                .append(' ')
                .append(hop.verdict())
                .append('|'));
        claims.forEach(claim -> all.append(claim.says()).append('|'));
        return all.toString();
    }
}
