package io.tidewatch.journal.table;

import io.tidewatch.model.diagnosis.Claim;
import io.tidewatch.model.diagnosis.HopRow;
import io.tidewatch.model.diagnosis.Picture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A picture as one text: a line for each hop, each claim and the command, its parts apart by tabs. A line of a kind that is not known is left
 * out, so that a later version may add some.
 */
final class PictureText {

    private static final String TAB = "\t";
    private static final String HOP = "hop";
    private static final String CLAIM = "claim";
    private static final String NEXT = "next";

    private PictureText() {}

    static String of(Picture picture) {
        List<String> lines = new ArrayList<>();
        picture.hops()
                .forEach(hop -> lines.add(line(
                        HOP,
                        hop.name(),
                        hop.desired(),
                        hop.now(),
                        hop.claimed().orElse(""),
                        hop.verdict(),
                        hop.since().map(Instant::toString).orElse(""))));
        picture.claims().forEach(claim -> lines.add(line(CLAIM, claim.tool(), claim.says())));
        if (!picture.next().isEmpty()) {
            lines.add(line(NEXT, picture.next()));
        }
        return String.join("\n", lines);
    }

    static Picture read(String text) {
        List<HopRow> hops = new ArrayList<>();
        List<Claim> claims = new ArrayList<>();
        String next = "";
        for (String line : text.split("\n", -1)) {
            String[] parts = line.split(TAB, -1);
            if (parts[0].equals(HOP) && parts.length == 7) {
                hops.add(new HopRow(
                        parts[1],
                        parts[2],
                        parts[3],
                        filled(parts[4]),
                        parts[5],
                        filled(parts[6]).map(Instant::parse)));
            } else if (parts[0].equals(CLAIM) && parts.length == 3) {
                claims.add(new Claim(parts[1], parts[2]));
            } else if (parts[0].equals(NEXT) && parts.length == 2) {
                next = parts[1];
            }
        }
        return new Picture(hops, claims, next);
    }

    private static Optional<String> filled(String part) {
        return Optional.of(part).filter(text -> !text.isEmpty());
    }

    private static String line(String... parts) {
        List<String> plain = new ArrayList<>();
        for (String part : parts) {
            plain.add(part.replace('\t', ' ').replace('\n', ' '));
        }
        return String.join(TAB, plain);
    }
}
